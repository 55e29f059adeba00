"""Saving posts over HTTP, and what is kept of it."""

from posts.models import Post, Save

SAVED, COLLECTIONS = "/posts/saved/", "/posts/collections/"


def save(client, post, **sent):
    return client.post(f"/posts/{post.pk}/save/", sent, format="json")


def collection(client, name):
    answer = client.post(COLLECTIONS, {"name": name})
    assert answer.status_code == 201, answer.content
    return answer.json()["id"]


def ids(client, path=SAVED, **asked):
    answer = client.get(path, asked)
    assert answer.status_code == 200, answer.content
    return [each["id"] for each in answer.json()["results"]]


def names(client):
    return [each["name"] for each in client.get(COLLECTIONS).json()["results"]]


def cover(client, collection_id):
    found = client.get(f"{COLLECTIONS}{collection_id}/").json()["cover"]
    return found and found["id"]


def picture(post):
    return post.places.get(position=0).media_id


def count(post):
    return Post.objects.values_list("saves_count", flat=True).get(pk=post.pk)


def rows(post):
    active = Save.objects.filter(post=post, owner__suspended_at=None, owner__deleted_at=None)
    return active.count()
