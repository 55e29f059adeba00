"""Settings, from the environment: `base` for every server and laptop, `test` for the suite."""
