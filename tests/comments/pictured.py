"""Comments with a picture, and what is kept of it, for the tests."""

from urllib.parse import urlsplit

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from comments.actions import add_comment
from tests import pictures
from tests.comments.threads import path, whole
from tests.conftest import deliver_all
from tests.media import stores


def send(client, post, *, key=None, text="Look!", **fields):
    fields = {"text": text, "image": pictures.uploaded(400, 300), **fields}
    headers = {"Idempotency-Key": key} if key else {}
    return client.post(path(post), fields, format="multipart", headers=headers)


def pictured(post, author, **fields):
    """A comment with a picture, whose renditions are made."""
    image = pictures.uploaded(400, 300)
    made = add_comment(post=post, author=author, text="Look!", image=image, **fields)
    deliver_all()
    return made


def originals():
    return [name for name in stores.files("originals") if name.endswith("/original")]


def renditions():
    """Wherever they are; those of comments are signed."""
    signed = [name for name in stores.files("originals") if not name.endswith("/original")]
    return stores.files("default") + signed


def broken():
    whole = pictures.picture(640, 480)
    return SimpleUploadedFile("photo.jpg", whole[: len(whole) // 2], "image/jpeg")


def fetched(url):
    """The status of a bare GET, as an image on a page asks."""
    parts = urlsplit(url)
    return Client().get(f"{parts.path}?{parts.query}").status_code


def seen(client, post):
    return [each["media"] for each in whole(client, path(post))]
