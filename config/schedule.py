"""What runs by the clock, and how often. Each may run late, twice or not at all without harm."""

from typing import Any

from django.conf import settings

HOUR = 3600.0  # seconds


def schedule() -> dict[str, dict[str, Any]]:
    """Celery's `beat_schedule`; a function, because settings are not there yet at import."""
    return {
        "hand over what is late": {
            "task": "events.tasks.sweep",
            "schedule": settings.SWEEP_SECONDS,
        },
        "publish what is due": {
            "task": "posts.tasks.publish_due_posts",
            "schedule": settings.SWEEP_SECONDS,
        },
        "clear abandoned uploads": {"task": "media.tasks.media_sweep", "schedule": HOUR},
        "forget signed URLs": {"task": "media.tasks.forget_signed_urls", "schedule": HOUR},
        "make videos whose worker has died": {
            "task": "media.tasks.resume_videos",
            "schedule": settings.VIDEO_SWEEP_SECONDS,
        },
        "put pictures where they belong": {
            "task": "posts.tasks.settle_pictures",
            "schedule": HOUR,
        },
        "forget unfinished uploads": {"task": "media.tasks.upload_sweep", "schedule": HOUR},
        "compare the stores with the rows": {
            "task": "media.tasks.inspect_stores",
            "schedule": HOUR,
        },
        "purge deleted posts": {"task": "posts.tasks.purge_posts", "schedule": HOUR},
        "purge deleted comments": {"task": "comments.tasks.purge_comments", "schedule": HOUR},
        "purge deleted people": {"task": "users.tasks.purge_people", "schedule": HOUR},
        "forget ended sessions": {"task": "users.tasks.purge_sessions", "schedule": HOUR},
        "send what Elasticsearch has missed": {
            "task": "search.tasks.send_late_documents",
            "schedule": settings.SEARCH_SEND_SECONDS,
        },
        "make a search index where there is none": {
            "task": "search.tasks.restore_index",
            "schedule": settings.SEARCH_SEND_SECONDS,
        },
        "compare what can be found with what is there": {
            "task": "search.tasks.check_documents",
            "schedule": settings.SEARCH_CHECK_SECONDS,
        },
        "find what people may like": {
            "task": "recommendations.tasks.make_shelves",
            "schedule": settings.EXPLORE_SECONDS,
        },
        "sweep empty documents": {"task": "search.tasks.sweep_documents", "schedule": HOUR},
    }
