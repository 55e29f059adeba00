"""Fifty people react to one post at the same time, again and again, beside the bare upsert.

Everybody waits for the row of that post: what is measured is how short it is held.
"""

import threading
import time
from collections.abc import Callable

from django.db import connection, transaction

from benchmarks.seed import FIRST_POST, FIRST_READER
from benchmarks.stage import Stage
from benchmarks.table import Row
from posts.actions.reactions import set_reaction
from posts.models import Post, Reaction
from users.models import User

PEOPLE, EACH = 50, 20
EMOJI = ("🌅", "❤")

# Replace one's own, and count it if it is new: what any implementation has to do.
_UPSERT = """
INSERT INTO posts_reaction (post_id, owner_id, emoji, counted) VALUES (%s, %s, %s, true)
ON CONFLICT (post_id, owner_id) DO UPDATE SET emoji = excluded.emoji RETURNING xmax = 0
"""
_COUNT = "UPDATE posts_post SET reactions_count = reactions_count + %s WHERE id = %s"


def rows(stage: Stage) -> list[Row]:
    post = Post.objects.get(pk=FIRST_POST)
    readers = range(FIRST_READER, FIRST_READER + PEOPLE)
    people = list(User.objects.filter(pk__in=readers).order_by("pk"))

    def act(who: User, number: int) -> None:
        set_reaction(post=post, owner=who, emoji=EMOJI[number % 2])

    def bare(who: User, number: int) -> None:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(_UPSERT, [post.pk, who.pk, EMOJI[number % 2]])
            cursor.execute(_COUNT, [int(cursor.fetchone()[0]), post.pk])

    ours, reference = (_per_second(each, people, post) for each in (act, bare))
    return [
        Row(
            f"reactions of {PEOPLE} people to one post",
            f"{ours:.0f}/s",
            f"{reference:.0f}/s (bare upsert)",
            ours / reference,
        )
    ]


def _per_second(act: Callable[[User, int], None], people: list[User], post: Post) -> float:
    Reaction.objects.filter(post=post).delete()
    ready = threading.Barrier(len(people) + 1)

    def work(who: User) -> None:
        connection.ensure_connection()
        ready.wait()
        for number in range(EACH):
            act(who, number)
        connection.close()

    threads = [threading.Thread(target=work, args=(each,)) for each in people]
    for each in threads:
        each.start()
    ready.wait()
    began = time.perf_counter()
    for each in threads:
        each.join()
    return len(people) * EACH / (time.perf_counter() - began)
