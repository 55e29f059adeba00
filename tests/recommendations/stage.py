"""Rows for recommendations, of a chosen age, and what is answered of them in short names."""

from datetime import timedelta

from django.utils import timezone

from comments.models import Comment
from posts.models import Post, Reaction
from recommendations.actions import make_shelf_for_site, make_shelves
from tests import world
from users.models import Follow, User


def ago(hours):
    return timezone.now() - timedelta(hours=hours)


def posted(author, *tags, hours=0, **fields):
    """A post of so many hours ago with the rows of its tags."""
    made = world.post(
        author,
        pictures=1,
        **{"caption": "", "tags": list(tags), "published_at": ago(hours), **fields},
    )
    if made.published_at and made.state == "published":
        world.labels(made)
    return made


def reacted(owner, post, *, hours=0):
    made = Reaction.objects.create(post=post, owner=owner)
    Reaction.objects.filter(pk=made.pk).update(created_at=ago(hours))
    return made


def said(author, post, *, hours=0):
    made = Comment.objects.create(post=post, author=author, text="hi")
    Comment.objects.filter(pk=made.pk).update(created_at=ago(hours))
    return made


def follows(owner, *targets):
    for target in targets:
        Follow.objects.create(owner=owner, target=target)
        count = Follow.objects.filter(target=target).count()
        User.objects.filter(pk=target.pk).update(followers_count=count)
    count = Follow.objects.filter(owner=owner).count()
    User.objects.filter(pk=owner.pk).update(following_count=count)


def compute(*people):
    """What the clock does: first the site, then people."""
    make_shelf_for_site()
    make_shelves([each.pk for each in people])


def asked(client, path="", **query):
    answer = client.get(f"/explore/{path}", query)
    assert answer.status_code == 200, answer.content
    return answer.json()


def posts(client, **query):
    return [each["post"]["id"] for each in asked(client, **query)["results"]]


def people(client, **query):
    return [each["person"]["username"] for each in asked(client, "people/", **query)["results"]]


def tags(client, **query):
    return [each["tag"]["name"] for each in asked(client, "tags/", **query)["results"]]


def reasons(client, path=""):
    """Of each thing its reason: by a post's id, a username, a tag."""
    found = {}
    for each in asked(client, path)["results"]:
        thing = each.get("post") or each.get("person") or each["tag"]
        name = thing.get("username") or thing.get("name") or thing["id"]
        found[name] = (each["reason"]["code"], each["reason"]["text"])
    return found


def hide(post, **fields):
    Post.objects.filter(pk=post.pk).update(**fields)
