"""What the tests of photos do again and again."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from media import storage
from media.actions import processing, receiving
from media.actions.receiving import NotAPhoto
from media.models import LooseFolder, Media
from tests.media import samples, stores

MIB = 1024 * 1024


class Killed(BaseException):
    """As if the process ended here: no `except Exception` sees it."""


def upload(content, name="photo.jpg", content_type="image/jpeg"):
    return SimpleUploadedFile(name, content, content_type=content_type)


def jpeg(width=1600, height=1200, **options):
    return samples.saved(samples.quarters(width, height), "JPEG", **options)


def refusal(content, name="photo.jpg"):
    with pytest.raises(NotAPhoto) as caught:
        receiving.check_photo(upload(content, name))
    return caught.value


def nothing_is_left():
    return (stores.kept(), Media.objects.count(), LooseFolder.objects.count()) == ([], 0, 0)


def process(media):
    """The row after a run that did not find it gone."""
    found = processing.process_media(media.pk)
    assert found is not None
    return found


def served(media):
    """The bytes of every rendition."""
    found = []
    for name in media.renditions.values():
        with storage.open_rendition(name) as file:
            found.append(file.read())
    return found
