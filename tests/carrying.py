"""Reposting over HTTP, and what stands in timelines because of it."""

from posts.models import Post, Repost
from users.models import RepostEntry, TimelineEntry

TIMELINE = "/posts/timeline/"


def repost(client, post):
    return client.post(f"/posts/{post.pk}/repost/")


def undo(client, post):
    return client.delete(f"/posts/{post.pk}/repost/")


def timeline(client, **asked):
    """Each post of a home timeline, and the username of who brought it."""
    answer = client.get(TIMELINE, asked)
    assert answer.status_code == 200, answer.content
    return [
        (card["id"], card["reposted_by"] and card["reposted_by"]["username"])
        for card in answer.json()["results"]
    ]


def count(post):
    return Post.objects.values_list("reposts_count", flat=True).get(pk=post.pk)


def rows(post):
    active = Repost.objects.filter(post=post, owner__suspended_at=None, owner__deleted_at=None)
    return active.count()


def entries(post):
    """Whose timelines have a post, and by whom (ids)."""
    found = TimelineEntry.objects.filter(post_id=post.pk)
    return set(found.values_list("owner_id", "reposter_id"))


def shelf(post):
    found = RepostEntry.objects.filter(post_id=post.pk)
    return set(found.values_list("reposter_id", flat=True))
