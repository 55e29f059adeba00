"""`GET /instance`: what this server says of itself, and the limits that clients need (D6)."""

import pytest
from django.core.exceptions import ValidationError

from instance.models import Site
from media.probe import ACCEPTED
from users.names import check_username

pytestmark = pytest.mark.django_db


def test_it_answers_guests_before_anybody_has_described_the_server(guest):
    answer = guest.get("/instance")

    assert answer.status_code == 200
    assert answer.json()["name"] == "Yafig"
    assert answer.json()["registrations_open"] is True
    assert not Site.objects.exists()


def test_it_tells_what_the_administrator_wrote(guest):
    Site.objects.create(
        pk=1,
        name="Harbour photos",
        description="Of ships.",
        rules="No planes.",
        contact_email="ada@example.org",
        registrations_open=False,
    )

    told = guest.get("/instance").json()

    assert told["name"] == "Harbour photos"
    assert told["description"] == "Of ships."
    assert told["rules"] == "No planes."
    assert told["contact_email"] == "ada@example.org"
    assert told["registrations_open"] is False


def test_it_publishes_the_limits_of_the_product(guest, settings):
    """D6: all in settings, all published."""
    assert guest.get("/instance").json() == {
        "name": "Yafig",
        "description": "",
        "rules": "",
        "contact_email": "",
        "registrations_open": True,
        "version": settings.VERSION,
        "limits": {
            "username_min_length": 2,
            "username_max_length": 30,
            "password_min_length": 8,
            "password_max_length": 1024,
            "bio_max_length": 500,
            "caption_max_length": 2200,
            "comment_max_length": 1000,
            "alt_text_max_length": 1500,
            "tag_max_length": 100,
            "tags_max_count": 30,
            "media_max_count": 10,
            "photo_max_bytes": 20 * 1024 * 1024,
            "photo_max_pixels": 40_000_000,
            "video_max_bytes": 100 * 1024 * 1024,
            "video_max_seconds": 180,
            "page_size": 20,
            "page_size_max": 100,
        },
        "photo_types": [
            "image/avif",
            "image/gif",
            "image/heif",
            "image/jpeg",
            "image/png",
            "image/webp",
        ],
        "video_types": ["video/mp4", "video/quicktime", "video/webm"],
        "rendition_sizes": [320, 640, 1080],
        "features": {"photos": True, "albums": True, "videos": True, "private_accounts": True},
    }


def test_what_it_publishes_is_what_holds(guest, settings):
    """D6."""
    settings.CAPTION_MAX_LENGTH = 77
    told = guest.get("/instance").json()
    limits = told["limits"]

    assert limits["caption_max_length"] == 77
    assert set(told["photo_types"]) == set(ACCEPTED.values())
    check_username("a" * limits["username_min_length"])
    check_username("a" * limits["username_max_length"])
    for length in (limits["username_min_length"] - 1, limits["username_max_length"] + 1):
        with pytest.raises(ValidationError):
            check_username("a" * length)


def test_it_is_only_read(guest):
    """D1."""
    assert guest.post("/instance", {"name": "Mine"}).status_code == 405
    assert not Site.objects.exists()


def test_a_spent_token_does_not_matter_to_it(guest):
    guest.credentials(HTTP_AUTHORIZATION="Bearer nonsense")
    assert guest.get("/instance").status_code == 200
