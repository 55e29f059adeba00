"""Sending photos straight to a store, as a client does."""

import random

import pytest

from tests.media.uploads import MIB, jpeg

on_files = pytest.mark.parametrize("store", ["files"], indirect=True)
in_a_bucket = pytest.mark.parametrize("store", ["s3"], indirect=True)
PHOTO = jpeg(640, 480)
TEXT = b"Dear diary, this is no picture." * 40
PART = 5 * MIB


def large(size=12 * MIB + 345):
    """A photo with so much behind it that it takes three parts, each of them different."""
    return PHOTO + random.Random(1).randbytes(size - len(PHOTO))  # noqa: S311


@pytest.fixture
def api(as_user, alice):
    return as_user(alice)


@pytest.fixture
def begin(api, settings):
    settings.UPLOAD_PART_BYTES = PART

    def begun(content, kind="image/jpeg", **more):
        answer = api.post("/media/uploads/", {"size": len(content), "type": kind, **more})
        assert answer.status_code == 201, answer.content
        return answer.json()

    return begun


def slices(content):
    return {n: content[i : i + PART] for n, i in enumerate(range(0, len(content), PART), 1)}


def send_form(store, upload, content):
    return store.send("POST", upload["url"], form=upload["fields"], file=content)


def send_part(store, upload, number, content):
    (url,) = [part["url"] for part in upload["parts"] if part["number"] == number]
    return store.send("PUT", url, content=content)


def sent(store, begin, content, **more):
    """An upload of which everything has arrived."""
    upload = begin(content, **more)
    if upload["method"] == "POST":
        assert send_form(store, upload, content).status in (200, 201, 204)
    else:
        for number, piece in slices(content).items():
            assert send_part(store, upload, number, piece).status == 200
    return upload


def complete(api, upload):
    return api.post(f"/media/uploads/{upload['id']}/complete/")


def look(api, upload):
    return api.get(f"/media/uploads/{upload['id']}/")


def hidden(answer):
    return answer.status_code, answer.json()


NOT_FOUND = (404, {"code": "not_found", "detail": "Not found.", "fields": {}})
NOTHING: dict[str, list[str]] = {"default": [], "originals": []}
