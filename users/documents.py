"""Examples that `/docs` shows beside the shapes of people."""

PROFILE = {
    "application/json": {
        "id": 7,
        "username": "ada",
        "name": "Ada Lovelace",
        "avatar_url": None,
        "bio": "Engines and poetry.",
        "website": "https://ada.example.org",
        "is_private": False,
        "posts_count": 12,
        "followers_count": 140,
        "following_count": 31,
        "joined_at": "2026-11-21T09:30:00Z",
        "viewer": {
            "follows": True,
            "requested": False,
            "follows_me": False,
            "blocks": False,
            "mutes": False,
        },
    }
}

TOKENS = {"application/json": {"access": "eyJhbGciOi…", "refresh": "eyJhbGciOi…"}}
