"""What moderators do with posts, and what the clock does with deleted ones (Y9, D10)."""

from datetime import timedelta
from pathlib import Path

import pytest
from django.conf import settings as django_settings
from django.contrib.admin.models import LogEntry
from django.utils import timezone

from comments.actions import add_comment
from comments.models import Comment, CommentEdit
from media.models import Media
from posts.actions.moderation import hide_post, purge_deleted_posts, purge_post, restore_post
from posts.actions.posts import create_post, delete_post
from posts.actions.reactions import set_reaction
from posts.models import LIKE, Post, PostEdit, PostMedia, Reaction
from posts.tasks import process_post, purge_posts
from tests import pictures
from tests.albums import album, made_anew, published
from tests.racing import at_once
from users.actions.accounts import purge_user
from users.actions.relationships import follow_user
from users.models import TimelineEntry


@pytest.fixture
def moderator(person):
    return person("moderator", is_staff=True)


def log():
    return list(LogEntry.objects.order_by("id").values_list("user__username", "change_message"))


def readers(post):
    rows = TimelineEntry.objects.filter(post_id=post.pk).order_by("owner_id")
    return list(rows.values_list("owner_id", flat=True))


def count(user):
    user.refresh_from_db()
    return user.public_posts_count


def files():
    roots = [
        Path(django_settings.STORAGES[alias]["OPTIONS"]["location"])
        for alias in ("default", "originals")
    ]
    return [path for root in roots for path in root.rglob("*") if path.is_file()]


def test_d10_hiding_takes_a_post_from_everyone_its_author_too(
    alice, bob, guest, as_user, moderator, announced
):
    follow_user(owner=bob, target=alice)
    post = published(alice)

    for _ in range(2):
        hide_post(post=post, moderator=moderator, reason="not a photo of yours")

    for client in (as_user(alice), as_user(bob), guest, as_user(moderator)):
        assert client.get(f"/posts/{post.pk}/").status_code == 404
    assert (count(alice), readers(post)) == (0, [])
    assert log() == [("moderator", "Hidden: not a photo of yours")]
    assert announced.events().count(("PostWithdrawn", {"post_id": post.pk})) == 1


@pytest.mark.parametrize("how", ["hidden", "deleted", "both"])
def test_d10_restoring_brings_it_back_as_it_was(alice, bob, as_user, moderator, announced, how):
    follow_user(owner=bob, target=alice)
    post = published(alice, caption="back")
    set_reaction(post=post, owner=bob, emoji=LIKE)
    add_comment(post=post, author=bob, text="hello")
    if how != "deleted":
        hide_post(post=post, moderator=moderator, reason="a")
    if how == "deleted":
        delete_post(post=post, editor=alice)
    if how == "both":
        Post.objects.filter(pk=post.pk).update(deleted_at=timezone.now())

    for _ in range(2):
        restore_post(post=post, moderator=moderator, reason="it is hers")
    assert as_user(bob).get(f"/posts/{post.pk}/").status_code == 404  # until its pictures are made
    made_anew(post)

    seen = as_user(bob).get(f"/posts/{post.pk}/").json()
    assert (seen["caption"], seen["likes_count"], seen["comments_count"]) == ("back", 1, 1)
    assert (count(alice), readers(post)) == (1, sorted([alice.pk, bob.pk]))
    assert log()[-1] == ("moderator", "Restored: it is hers")
    assert [message for _, message in log()].count("Restored: it is hers") == 1
    assert announced.events().count(("PostPublished", {"post_id": post.pk})) == 2


def test_restoring_a_post_deleted_while_it_was_processed_goes_on(
    alice, as_user, moderator, announced
):
    post = create_post(author=alice, images=[pictures.uploaded()])
    delete_post(post=post, editor=alice)
    process_post(post_id=post.pk)

    restore_post(post=post, moderator=moderator, reason="asked for")

    assert announced.events()[-1] == ("PostCreated", {"post_id": post.pk})
    process_post(post_id=post.pk)
    assert as_user(alice).get(f"/posts/{post.pk}/").json()["state"] == "published"
    assert count(alice) == 1


def test_hiding_an_unpublished_post_moves_no_counts(alice, moderator, announced):
    post = album(alice)

    hide_post(post=post, moderator=moderator, reason="a")
    restore_post(post=post, moderator=moderator, reason="b")

    assert count(alice) == 0
    assert [kind for kind, _ in announced.events()] == ["MediaConcealed", "PostCreated"]


def everything_of(post):
    return (
        Post.objects.filter(pk=post.pk).count(),
        PostMedia.objects.filter(post=post.pk).count(),
        PostEdit.objects.filter(post=post.pk).count(),
        Reaction.objects.filter(post=post.pk).count(),
        Comment.objects.filter(post=post.pk).count(),
        CommentEdit.objects.filter(comment__post=post.pk).count(),
        TimelineEntry.objects.filter(post_id=post.pk).count(),
    )


def full(author, friend, as_user, committed):
    """A post with a row of everything and real files."""
    with committed():
        post = create_post(author=author, images=[pictures.uploaded(), pictures.uploaded()])
    as_user(author).patch(f"/posts/{post.pk}/", {"caption": "new"})
    set_reaction(post=post, owner=friend, emoji=LIKE)
    path = f"/posts/{post.pk}/comments/"
    comment = as_user(friend).post(path, {"text": "one"}).json()
    as_user(friend).patch(f"{path}{comment['id']}/", {"text": "two"})
    return post


def test_y9_the_clock_purges_rows_and_files_of_what_was_deleted_long_ago(
    alice, bob, as_user, committed, settings
):
    old, young, kept = (full(alice, bob, as_user, committed) for _ in range(3))
    whole = everything_of(kept)
    assert whole == (1, 2, 1, 1, 1, 1, 1)
    each = len(files()) // 3
    delete_post(post=old, editor=alice)
    delete_post(post=young, editor=alice)
    limit = timezone.now() - timedelta(days=settings.PURGE_AFTER_DAYS)
    Post.objects.filter(pk=old.pk).update(deleted_at=limit - timedelta(seconds=1))
    Post.objects.filter(pk=young.pk).update(deleted_at=limit + timedelta(minutes=1))

    for _ in range(2):
        with committed():
            purge_posts()

    assert everything_of(old) == (0,) * 7
    assert everything_of(young) == (1, 2, 1, 1, 1, 1, 0)
    assert everything_of(kept) == whole
    assert Media.objects.count() == 4
    assert len(files()) == each + 2  # of the young one the originals, for moderators


def test_the_clock_purges_any_number_in_batches(alice, monkeypatch, committed):
    monkeypatch.setattr("posts.tasks.PURGE_SIZE", 2)
    for _ in range(5):
        album(alice, deleted_at="2020-01-01T00:00Z")

    with committed():
        purge_posts()

    assert (Post.objects.count(), Media.objects.count()) == (0, 0)


@pytest.mark.django_db(transaction=True)
def test_purging_posts_against_purging_their_author_never_deadlocks(person):
    long_ago = "2020-01-01T00:00Z"
    for turn in range(5):
        author = person(f"gone{turn}", deleted_at=long_ago)
        for _ in range(20):
            album(author, deleted_at=long_ago)

        at_once(lambda: purge_deleted_posts(50), lambda gone=author: purge_user(user=gone))

    assert (Post.objects.count(), Media.objects.count()) == (0, 0)


def test_d10_a_moderator_purges_at_once(alice, bob, as_user, moderator, committed):
    post = full(alice, bob, as_user, committed)

    with committed():
        for _ in range(2):
            purge_post(post=post, moderator=moderator, reason="the law")

    assert everything_of(post) == (0,) * 7
    assert (count(alice), files()) == (0, [])
    assert log() == [("moderator", "Purged: the law")]


def public_files():
    root = Path(django_settings.STORAGES["default"]["OPTIONS"]["location"])
    return sorted(path.relative_to(root).as_posix() for path in root.rglob("*") if path.is_file())


@pytest.mark.parametrize("how", ["hide", "delete"])
def test_d10_the_files_of_a_post_that_is_gone_are_gone_and_come_back_under_other_names(
    alice, guest, committed, moderator, photo, how
):
    with committed():
        post = create_post(author=alice, images=[photo(400, 300)])
    before = public_files()
    shown_at = Post.objects.get().published_at
    assert guest.get(f"/media/{before[0]}").status_code == 200

    with committed():
        if how == "hide":
            hide_post(post=Post.objects.get(), moderator=moderator, reason="a")
        else:
            delete_post(post=Post.objects.get(), editor=alice)
    assert public_files() == []
    assert guest.get(f"/media/{before[0]}").status_code == 404

    with committed():
        restore_post(post=post, moderator=moderator, reason="b")
    after = public_files()
    assert len(after) == len(before)
    assert not set(after) & set(before)
    assert Post.objects.get().published_at == shown_at
    shown = guest.get(f"/posts/{post.pk}/").json()["media"][0]["renditions"]
    assert {url.partition("/media/")[2] for url in shown.values()} == set(after)

    with committed():
        purge_post(post=post, moderator=moderator, reason="c")
    assert files() == []


def test_d10_the_pictures_of_a_deleted_person_are_gone(alice, committed, photo, as_user):
    with committed():
        create_post(author=alice, images=[photo(400, 300)])
    assert public_files()

    with committed():
        assert as_user(alice).delete("/users/alice/").status_code == 204

    assert public_files() == []
