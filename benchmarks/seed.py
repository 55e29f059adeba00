"""Fills the tables by a few statements: authors with posts, readers who follow some of them.

Each row is a copy of one that the application made, so that no column is forgotten here.
"""

from django.db import connection
from django.utils import timezone

from benchmarks.stage import AUTHORS, FOLLOWED, POSTS_EACH, READERS
from media.models import Media
from posts.models import Post, PostMedia
from users.models import User

COPY = """
INSERT INTO {table}
SELECT copy.* FROM (SELECT to_jsonb(t) AS row FROM {table} t WHERE id = %s) model,
     {source},
     LATERAL jsonb_populate_record(NULL::{table}, model.row || {changes}) AS copy
"""
FIRST_READER, FIRST_AUTHOR, FIRST_POST = 10_000, 20_000, 1_000_001


def fill() -> None:
    """READERS people, each following FOLLOWED of AUTHORS authors with POSTS_EACH posts each."""
    person = User.objects.create_user("model", "model@example.org", None)
    _copy_people(person, FIRST_READER, READERS, "reader")
    _copy_people(person, FIRST_AUTHOR, AUTHORS, "author")
    _copy_posts(person)
    run(
        """
        INSERT INTO users_follow (owner_id, target_id, created_at)
        SELECT r, %s + (r * 7 + k * 13) %% %s, now()
        FROM generate_series(%s, %s) r, generate_series(1, %s) k ON CONFLICT DO NOTHING
        """,
        [FIRST_AUTHOR, AUTHORS, FIRST_READER, FIRST_READER + READERS - 1, FOLLOWED],
    )
    run(
        """
        INSERT INTO users_timelineentry (owner_id, post_id, author_id, shown_at)
        SELECT author_id, id, author_id, published_at FROM posts_post
        UNION ALL
        SELECT f.owner_id, p.id, p.author_id, p.published_at
        FROM users_follow f JOIN posts_post p ON p.author_id = f.target_id
        """
    )
    run(
        """
        INSERT INTO posts_reaction (post_id, owner_id, emoji, counted, created_at)
        SELECT e.post_id, e.owner_id, '❤', true, now() FROM users_timelineentry e
        WHERE e.owner_id < %s AND e.post_id %% 4 = 0
        """,
        [FIRST_READER + 100],
    )
    run("VACUUM ANALYZE")


def run(sql: str, params: list[object] | None = None) -> None:
    with connection.cursor() as cursor:
        cursor.execute(sql, params)  # type: ignore[arg-type]


def _copy_people(person: User, first: int, count: int, name: str) -> None:
    changes = f"""jsonb_build_object('id', n, 'username', '{name}' || n,
        'email', '{name}' || n || '@example.org', 'name', 'A person of some name')"""
    _copy("users_user", person.pk, "generate_series(%s, %s) n", changes, [first, first + count - 1])


def _copy_posts(person: User) -> None:
    sizes = {str(size): f"ab/cd/a-name-that-nobody-guesses/{size}.jpg" for size in (320, 640, 1080)}
    media = Media.objects.create(
        owner=person,
        original="o",
        mime="image/jpeg",
        size=1,
        width=4000,
        height=3000,
        state="ready",
        blurhash="LEHV6nWB2yk8pyo0adR*.7kCMdnj",
        renditions=sizes,
        alt_text="A boat on a lake in the evening",
    )
    post = Post.objects.create(
        author=person,
        state="published",
        published_at=timezone.now(),
        tags=["lake", "evening"],
        caption="The last boat came in, and then there was nobody on the water. #lake #evening",
    )
    place = PostMedia.objects.create(post=post, media=media, position=0)
    last, every = AUTHORS * POSTS_EACH, f"generate_series({FIRST_POST}, {FIRST_POST - 1} + %s) n"
    _copy("media_media", media.pk, every, "jsonb_build_object('id', n)", [last])
    changes = f"""jsonb_build_object('id', n, 'author_id', {FIRST_AUTHOR} + n %% {AUTHORS},
        'published_at', now() - (n || ' seconds')::interval)"""
    _copy("posts_post", post.pk, every, changes, [last])
    changes = "jsonb_build_object('id', n, 'post_id', n, 'media_id', n)"
    _copy("posts_postmedia", place.pk, every, changes, [last])
    post.delete()


def _copy(table: str, model: int, source: str, changes: str, params: list[object]) -> None:
    run(COPY.format(table=table, source=source, changes=changes), [model, *params])
