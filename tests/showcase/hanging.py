"""What the tests of the showcase do and look at again and again."""

from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile

from showcase.models import Hanging

NO_PHOTOS = [
    SimpleUploadedFile("a.png", b"Dear diary, this is text.", "image/png"),
    SimpleUploadedFile("b.jpg", b"", "image/jpeg"),
    SimpleUploadedFile("c.svg", b"<svg onload=alert(1)>", "image/svg+xml"),
    SimpleUploadedFile("d.gif", b"GIF89a nonsense", "image/gif"),
]


def put(client, owner, place, **fields):
    kind = "multipart" if "file" in fields else "json"
    return client.put(f"/users/{owner.username}/showcase/{place}/", fields, format=kind)


def clear(client, owner, place):
    return client.delete(f"/users/{owner.username}/showcase/{place}/")


def places(client, owner):
    """The three places as `client` gets them, by their names."""
    answer = client.get(f"/users/{owner.username}/showcase/")
    assert answer.status_code == 200, answer.content
    assert [each["place"] for each in answer.json()["places"]] == ["one", "two", "three"]
    return {each["place"]: each for each in answer.json()["places"]}


def shown(client, owner):
    """The ids of the pictures that `client` sees, and None for an empty place."""
    return [each["media"] and each["media"]["id"] for each in places(client, owner).values()]


def history(client, owner):
    answer = client.get(f"/users/{owner.username}/showcase/history/", {"limit": 100})
    assert answer.status_code == 200, answer.content
    return answer.json()["results"]


def current(owner, place):
    return Hanging.objects.current().get(owner=owner, place=place)


def files():
    """Every file in the stores."""
    roots = [settings.STORAGES[alias]["OPTIONS"]["location"] for alias in ("default", "originals")]
    return sorted(path for root in roots for path in root.rglob("*") if path.is_file())


def public_files():
    root = settings.STORAGES["default"]["OPTIONS"]["location"]
    return [path for path in root.rglob("*") if path.is_file()]


def fetch(client, url):
    """The status of what `client` gets at a signed URL."""
    return client.get(url).status_code
