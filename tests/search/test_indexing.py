"""What documents say after every event (Y8, Y9, D9)."""

from datetime import timedelta

import pytest
from django.contrib.postgres.search import SearchQuery
from django.core.management import call_command
from django.utils import timezone

from config.demo import past
from events import delivery
from events.models import Announcement
from posts.actions.editing import edit_post
from posts.actions.moderation import hide_post, purge_post, restore_post
from posts.actions.posts import delete_post
from posts.actions.publication import publish_post
from posts.models import Post
from search import tasks
from search.actions import documents
from search.models import Document, Word
from tests.albums import album, made_anew
from tests.conftest import PASSWORD, deliver_all
from tests.search.found import document, found, is_empty, many, said, state, tags
from users.actions.accounts import change_profile, delete_user, purge_user, register_user
from users.actions.moderation import lift_suspension, suspend_user
from users.actions.relationships import block_user
from users.models import User


@pytest.fixture
def moderator(person):
    return person("moderator", is_staff=True)


# --- Posts -------------------------------------------------------------------------------------


def test_y8_a_published_post_is_found_by_its_caption_pictures_author_and_tags(alice):
    User.objects.filter(pk=alice.pk).update(name="Alice Ångström")

    post = found(alice, 2, caption="Súnset, at the Sea!", tags=["sea", "golden_hour", "夕焼け"])

    assert said("post", post.pk) == {
        "title": "sunset at the sea",
        "text": "alt 0 alt 1 golden hour 夕焼 焼け",
        "names": "alice alice angstrom",
        "tags": ["sea", "goldenhour", "夕焼け"],
        "tag_keys": ["sea", "golden_hour", "夕焼け"],
        "author_id": alice.pk,
        "audience": "everyone",
        "has": ["alt", "album", "caption", "tag"],
    }
    assert document("post", post.pk).published_at == post.published_at
    assert said("tag", "sea") == {"title": "sea", "tags": ["sea"], "audience": "everyone"}
    assert said("tag", "golden_hour") == {
        "title": "golden hour",
        "text": "goldenhour",
        "tags": ["goldenhour"],
        "audience": "everyone",
    }
    assert {"sunset", "golden", "goldenhour", "angstrom"} <= set(
        Word.objects.values_list("text", flat=True)
    )
    by_word = Document.objects.get(vector=SearchQuery("sunset", config="simple"))
    assert by_word.key == str(post.pk)
    assert not document("post", post.pk).is_sent


def test_a_post_without_words_can_still_be_found_by_its_author(alice):
    post = found(alice)
    post.places.get().media.__class__.objects.update(alt_text="  ")
    tasks.index_post(post_id=post.pk)

    assert said("post", post.pk) == {
        "names": "alice",
        "author_id": alice.pk,
        "audience": "everyone",
    }


def test_a_tag_of_signs_alone_is_no_word_to_look_for(alice):
    post = found(alice, tags=["!!!", "sea"])

    assert said("post", post.pk)["tag_keys"] == ["sea"]
    assert tags() == ["sea"]


@pytest.mark.parametrize(
    ("visibility", "is_private", "audience"),
    [
        ("public", False, "everyone"),
        ("public", True, "followers"),
        ("followers", False, "followers"),
        ("followers", True, "followers"),
        ("private", False, "author"),
        ("private", True, "author"),
    ],
)
def test_the_audience_is_the_narrower_of_the_posts_and_the_accounts(
    person, visibility, is_private, audience
):
    author = person("author", is_private=is_private)

    post = found(author, visibility=visibility)

    assert said("post", post.pk)["audience"] == audience


@pytest.mark.parametrize("state", ["draft", "processing", "failed"])
def test_what_is_not_published_has_no_document(alice, state):
    post = album(alice, state=state, tags=["sea"])

    tasks.index_post(post_id=post.pk)

    assert not Document.objects.exists()


def test_an_edit_is_found_by_its_new_words_and_not_by_its_old(alice, committed):
    post = found(alice, 2, caption="sunset", tags=["sea", "sun"])
    before = document("post", post.pk).version
    changes = {
        "caption": "Sunrise",
        "tags": ["sun", "morning"],
        "visibility": "followers",
        "alt_texts": ["a hill", ""],
    }

    with committed():
        edit_post(post=post, editor=alice, changes=changes)

    assert said("post", post.pk) == {
        "title": "sunrise",
        "text": "a hill",
        "names": "alice",
        "tags": ["sun", "morning"],
        "tag_keys": ["sun", "morning"],
        "author_id": alice.pk,
        "audience": "followers",
        "has": ["album", "caption", "tag"],
    }
    assert tags() == []  # they are for followers
    assert is_empty("tag", "sea")
    assert document("post", post.pk).version > before
    with committed():
        edit_post(post=post, editor=alice, changes={"visibility": "public"})
    assert tags() == ["morning", "sun"]


def test_an_edit_before_publication_is_found_after_it(alice, committed):
    post = album(alice, caption="before")
    with committed():
        edit_post(post=post, editor=alice, changes={"caption": "after", "alt_texts": ["a boat"]})
    assert not Document.objects.filter(kind="post").exists()

    with committed():
        publish_post(post.pk)

    assert (said("post", post.pk)["title"], said("post", post.pk)["text"]) == ("after", "a boat")


def test_y9_a_deleted_post_leaves_an_empty_document_and_takes_its_last_tag_along(alice, committed):
    post = found(alice, caption="sunset", tags=["sea"])

    with committed():
        delete_post(post=post, editor=alice)

    assert is_empty("post", post.pk)
    assert is_empty("tag", "sea")
    assert not document("post", post.pk).is_sent


def test_a_hidden_post_is_gone_and_a_restored_one_back_once_its_pictures_are(
    alice, moderator, committed
):
    post = found(alice, caption="sunset", tags=["sea"])
    before = state()
    with committed():
        hide_post(post=post, moderator=moderator, reason="a")
    assert (said("post", post.pk), tags()) == (None, [])

    restore_post(post=post, moderator=moderator, reason="b")
    tasks.index_post(post_id=post.pk)
    assert said("post", post.pk) is None  # its pictures are being made
    made_anew(post)
    deliver_all()

    assert state() == before


def test_y9_a_purged_post_is_gone_with_its_tags(alice, moderator, committed):
    post = found(alice, caption="sunset", tags=["sea"])

    with committed():
        purge_post(post=post, moderator=moderator, reason="unlawful")

    assert not Post.objects.exists()
    assert is_empty("post", post.pk)
    assert tags() == []


def test_what_says_the_same_already_keeps_its_version(alice):
    post = found(alice, tags=["sea"])
    before = list(Document.objects.values_list("key", "version"))

    for _ in range(3):
        tasks.index_post(post_id=post.pk)
        tasks.index_person(user_id=alice.pk)
        tasks.index_posts_of(user_id=alice.pk)

    assert set(before) < set(Document.objects.values_list("key", "version"))
    assert Document.objects.count() == len(before) + 1  # alice has been told of to nobody before


# --- Tags --------------------------------------------------------------------------------------


def test_a_tag_can_be_found_from_its_first_post_to_its_last_and_again(alice, bob, committed):
    first = found(alice, tags=["sea"], visibility="private")
    second = found(bob, tags=["sea"])

    with committed():
        delete_post(post=first, editor=alice)
    assert tags() == ["sea"]
    with committed():
        delete_post(post=second, editor=bob)
    assert (tags(), is_empty("tag", "sea")) == ([], True)
    gone = document("tag", "sea").version
    found(bob, tags=["sea"])

    assert tags() == ["sea"]
    assert document("tag", "sea").version > gone


def test_tags_that_fold_to_the_same_word_are_two_tags(alice, committed):
    post = found(alice, caption="café", tags=["café"])
    found(alice, tags=["cafe"])

    with committed():
        edit_post(post=post, editor=alice, changes={"tags": ["cafe"]})

    assert tags() == ["cafe"]
    assert is_empty("tag", "café")


# --- People ------------------------------------------------------------------------------------


@pytest.mark.django_db
def test_somebody_who_registers_can_be_found_by_both_names(committed):
    with committed():
        user = register_user(email="z@example.org", username="Zoe.Strand", password=PASSWORD)
    assert said("user", user.pk) == {
        "title": "zoe strand",
        "author_id": user.pk,
        "audience": "everyone",
    }

    with committed():
        change_profile(user=user, changes={"name": "Zoë Ström"})

    assert said("user", user.pk)["text"] == "zoe strom"


def test_a_new_name_is_on_all_posts(alice, committed):
    posts = [found(alice, visibility=each) for each in ("public", "followers", "private")]

    with committed():
        change_profile(user=alice, changes={"name": "Ålice", "username": "al"})

    assert [said("post", post.pk)["names"] for post in posts] == ["al alice"] * 3


def test_a_private_account_can_be_found_and_its_posts_by_its_followers(alice, committed):
    posts = [found(alice, visibility=each) for each in ("public", "followers", "private")]

    with committed():
        change_profile(user=alice, changes={"is_private": True})
    audiences = [said("post", post.pk)["audience"] for post in posts]
    assert audiences == ["followers", "followers", "author"]
    assert said("user", alice.pk)["audience"] == "everyone"
    with committed():
        change_profile(user=alice, changes={"is_private": False})

    audiences = [said("post", post.pk)["audience"] for post in posts]
    assert audiences == ["everyone", "followers", "author"]


def test_somebody_suspended_is_gone_with_posts_and_tags_and_back_when_it_is_lifted(
    alice, bob, moderator, committed
):
    found(alice, caption="sunset", tags=["sea", "sun"])
    found(bob, tags=["sun"])
    tasks.index_person(user_id=alice.pk)
    before = state()

    with committed():
        suspend_user(user=alice, moderator=moderator, reason="a")
    assert is_empty("user", alice.pk)
    assert Document.objects.live().filter(author_id=alice.pk).count() == 0
    assert tags() == ["sun"]
    with committed():
        lift_suspension(user=alice, moderator=moderator, reason="b")

    assert state() == before


def test_d10_somebody_deleted_and_purged_leaves_nothing_to_be_found(alice, committed):
    post = found(alice, caption="sunset", tags=["sea"])
    tasks.index_person(user_id=alice.pk)

    with committed():
        delete_user(user=alice)
    assert is_empty("user", alice.pk)
    assert is_empty("post", post.pk)
    with committed():
        purge_user(user=alice)

    assert not Document.objects.live().exists()


def test_a_purge_empties_the_documents_that_the_deletion_had_not_come_to(alice):
    many(alice, 3)
    documents.index_chunk_of(author_id=alice.pk, after=0)
    documents.index_people([alice.pk])
    alice_id = alice.pk
    delete_user(user=alice)
    purge_user(user=alice)
    told = Announcement.objects.get(kind="users.UserPurged")
    assert told.payload == {"user_id": alice_id}

    for name in ("search.index_posts_of", "search.index_person"):  # before those of the deletion
        assert delivery.deliver(told.pk, name)
    assert not Document.objects.live().exists()
    deliver_all()

    assert not Document.objects.live().exists()


def test_d9_a_block_changes_no_document(alice, bob, committed):
    found(alice, tags=["sea"])
    before = list(Document.objects.order_by("pk").values())

    with committed():
        block_user(owner=alice, target=bob)

    assert list(Document.objects.order_by("pk").values()) == before


@pytest.mark.django_db
def test_an_administrator_made_on_the_command_line_can_be_found(monkeypatch, capsys):
    monkeypatch.setenv("DJANGO_SUPERUSER_PASSWORD", PASSWORD)
    call_command("createsuperuser", "--noinput", username="root", email="root@example.org")
    deliver_all()

    assert said("user", User.objects.get().pk)["title"] == "root"


def test_a_post_of_the_demo_is_found_at_the_time_at_which_it_is_meant_to_be(alice, committed):
    post = found(alice)
    moment = timezone.now() - timedelta(days=40)

    with committed():
        past.write_post_at(post, moment)
        past.publish_post_at_its_time(post)

    assert document("post", post.pk).published_at == moment
