"""People: accounts, sign-in, sessions, follow/block/mute, and the materialised timelines."""
