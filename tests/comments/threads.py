"""Threads as the tests write, read and check them."""

from collections import defaultdict
from itertools import pairwise
from typing import Any

from django.db.models import F

from comments.actions import add_comment
from comments.models import Comment


def path(post, comment=None, below=""):
    one = f"{getattr(comment, 'pk', comment)}/" if comment else ""
    return f"/posts/{post.pk}/comments/{one}{below}"


def say(post, author, text="hi", below=None):
    return add_comment(post=post, author=author, text=text, parent_id=below and below.pk)


def chain(post, author, length):
    """`length` comments one below the other, written as rows, with their counts; from the top."""
    made = Comment.objects.bulk_create(
        Comment(
            post=post,
            author=author,
            text=str(n),
            replies_count=int(n < length),
            shown_replies=int(n < length),
        )
        for n in range(1, length + 1)
    )
    for above, below in pairwise(made):
        below.parent_id = above.pk
    assert [each.pk for each in made] == list(range(made[0].pk, made[0].pk + length))
    Comment.objects.filter(pk__in=[each.pk for each in made[1:]]).update(parent_id=F("pk") - 1)
    return made


def whole(client, url):
    """All results of a list, page by page."""
    found = []
    while url:
        answer = client.get(url)
        assert answer.status_code == 200, answer.content
        page = answer.json()
        found += page["results"]
        url = page["next"]
    return found


def outline(client, post, sort="oldest"):
    """The thread as a viewer reads it: `[(text, [replies…])]`, None for what was removed."""

    def level(comment=None):
        url = path(post, comment, "replies/" if comment else "")
        read = []
        for each in whole(client, f"{url}?limit=3&sort={sort}"):
            below = level(each["id"]) if each["has_replies"] else []
            read.append((None if each["removed"] else each["text"], below))
        return read

    return level()


def wrong_counts(post):
    """Whatever the rows say that is not so, of a post (at 0) and of every comment under it."""
    rows = {row.pk: row for row in Comment.objects.filter(post=post).select_related("author")}
    below = defaultdict(list)
    for row in rows.values():
        below[row.parent_id].append(row)
    readable = {pk: not row.is_gone and _is_active(row.author) for pk, row in rows.items()}
    shown: dict[int, bool] = {}
    for pk in sorted(rows, reverse=True):  # a reply is younger than what it answers
        shown[pk] = readable[pk] or any(shown[each.pk] for each in below[pk])
    found = {
        pk: (row.counted, row.replies_count, row.shown_replies, row.is_shown)
        for pk, row in rows.items()
    }
    true = {
        pk: (
            readable[pk],
            sum(readable[each.pk] for each in below[pk]),
            sum(shown[each.pk] for each in below[pk]),
            shown[pk],
        )
        for pk in rows
    }
    wrong: dict[int, Any] = {pk: (found[pk], true[pk]) for pk in rows if found[pk] != true[pk]}
    post.refresh_from_db()
    if post.comments_count != sum(readable.values()):
        wrong[0] = (post.comments_count, sum(readable.values()))
    return wrong


def _is_active(author):
    return author is not None and author.is_active
