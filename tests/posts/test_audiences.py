"""Pictures of posts whose audience changes (T7, D9): no card names what was public, from then on.

By the edit of a post, by an account that turns private or opens, and for rows of before.
"""

from io import StringIO

import pytest
from django.core.management import call_command

from events.models import Announcement
from media.models import Media
from posts.actions.editing import edit_post
from posts.actions.moderation import restore_post
from posts.actions.pictures import settle_pictures
from posts.actions.posts import create_post, delete_post
from posts.models import Post, PostMedia
from posts.tasks import process_post
from tests.albums import album
from tests.conftest import deliver_all
from tests.media import stores
from tests.pictures import uploaded
from tests.racing import at_once
from tests.signed import accesses, card_of, everywhere, fetched, follow, urls_in
from users.actions.accounts import change_profile

pytestmark = pytest.mark.django_db
TIMELINE = "/posts/timeline/"


# --- Another audience ----------------------------------------------------------------------------


def test_a_post_that_turns_private_names_no_public_url_from_that_answer_on(
    alice, bob, as_user, guest, publish, announced
):
    follow(bob, alice)
    post = create_post(author=alice, images=[uploaded()], visibility="public")
    process_post(post_id=post.pk)
    public = urls_in(card_of(guest, post))
    as_user(bob).get(TIMELINE)

    edited = as_user(alice).patch(f"/posts/{post.pk}/", {"visibility": "followers"}).json()

    for card in (
        edited,
        card_of(as_user(bob), post),
        as_user(bob).get(TIMELINE).json()["results"][0],
    ):
        (media,) = card["media"]
        assert (media["state"], media["url"], media["renditions"]) == ("processing", None, {})
        assert media["blurhash"]
    assert card_of(guest, post) is None
    assert fetched(guest, public) == {200}  # the files are to follow


def test_a_post_that_turns_private_and_public_again_has_its_pictures_and_new_urls(
    alice, bob, as_user, guest, publish, committed
):
    follow(bob, alice)
    post = publish(alice, count=2)
    public = urls_in(card_of(guest, post))

    with committed():
        as_user(alice).patch(f"/posts/{post.pk}/", {"visibility": "followers"})
    signed = urls_in(card_of(as_user(bob), post))
    assert len(signed) == 2
    assert urls_in(as_user(bob).get(TIMELINE).json()["results"][0]) == signed
    assert (fetched(guest, public), fetched(guest, signed)) == ({404}, {200})

    with committed():
        as_user(alice).patch(f"/posts/{post.pk}/", {"visibility": "public"})
    again = urls_in(card_of(guest, post))
    assert urls_in(as_user(bob).get(TIMELINE).json()["results"][0]) == again
    assert (fetched(guest, [*public, *signed]) <= {403, 404}, fetched(guest, again)) == (
        True,
        {200},
    )
    assert not {*again} & {*public}


def test_what_only_its_author_sees_any_more_is_under_other_names(
    alice, bob, as_user, guest, publish, committed
):
    """On a bucket, nobody asks us: the name is what ends."""
    follow(bob, alice)
    post = publish(alice, "followers")
    before = Media.objects.get(place__post=post)

    with committed():
        as_user(alice).patch(f"/posts/{post.pk}/", {"visibility": "private"})

    assert not set(before.renditions.values()) & set(stores.files("originals"))
    assert fetched(guest, urls_in(card_of(as_user(alice), post))) == {200}


def test_an_account_that_turns_private_takes_all_its_pictures_along_but_its_avatar(
    alice, bob, as_user, guest, publish, committed, photo
):
    follow(bob, alice)
    with committed():
        as_user(alice).patch("/users/alice/", {"avatar": photo()}, format="multipart")
    avatar = as_user(alice).get("/users/alice/").json()["avatar_url"]
    posts = [publish(alice), publish(alice, "followers"), publish(alice)]
    public = [
        url for post in posts for url in urls_in(card_of(as_user(bob), post)) if "viewer" not in url
    ]
    assert len(public) == 2

    change_profile(user=alice, changes={"is_private": True})
    for post in posts:
        assert not {*urls_in(card_of(as_user(bob), post))} & {*public}
    deliver_all()

    assert fetched(guest, public) == {404}
    assert as_user(bob).get("/users/alice/").json()["avatar_url"] == avatar
    assert fetched(guest, [avatar]) == {200}
    assert len(stores.files("default")) == 1
    for post in posts:
        assert accesses(post) == {("signed", "ready")}
        assert fetched(guest, urls_in(card_of(as_user(bob), post))) == {200}
    assert [len(urls_in(card)) for card in as_user(bob).get(TIMELINE).json()["results"]] == [
        1,
        1,
        1,
    ]

    alice.refresh_from_db()
    with committed():
        change_profile(user=alice, changes={"is_private": False})
    assert [accesses(post) for post in posts] == [
        {("public", "ready")},
        {("signed", "ready")},
        {("public", "ready")},
    ]
    assert fetched(guest, urls_in(card_of(guest, posts[0]))) == {200}


def test_a_post_whose_author_turns_private_while_it_is_processed_is_published_signed(
    alice, as_user, guest, photo
):
    post = create_post(author=alice, images=[photo(), photo(80, 80)], visibility="public")

    def turn_private():
        change_profile(user=alice, changes={"is_private": True})

    with stores.faulty("default", stores.nth("save", 2, turn_private)):
        deliver_all()

    assert accesses(post) == {("signed", "ready")}
    assert stores.files("default") == []
    post.refresh_from_db()
    assert post.state == "published"
    assert fetched(guest, urls_in(card_of(as_user(alice), post))) == {200}


def test_a_deleted_post_keeps_its_side_and_is_restored_on_the_right_one(
    alice, bob, as_user, publish, moderator, committed
):
    post = publish(alice)
    with committed():
        delete_post(post=post, editor=alice)
    with committed():
        change_profile(user=alice, changes={"is_private": True})
    assert everywhere([*stores.files("default"), *stores.files("originals")]) == set()

    with committed():
        restore_post(post=post, moderator=moderator, reason="test")

    assert accesses(post) == {("signed", "ready")}
    assert stores.files("default") == []
    assert Post.objects.get().state == "published"


@pytest.mark.django_db(transaction=True)
def test_posts_made_while_the_account_turns_private_are_all_signed(alice, photo):
    def post():
        create_post(author=alice, images=[photo()], visibility="public")

    at_once(*[post] * 8, lambda: change_profile(user=alice, changes={"is_private": True}))
    deliver_all()

    assert Media.objects.filter(owner=alice).count() == 8
    assert set(Media.objects.values_list("access", "state")) == {("signed", "ready")}
    assert stores.files("default") == []


@pytest.mark.django_db(transaction=True)
def test_a_post_that_is_edited_by_many_at_once_ends_where_its_visibility_says(alice, photo):
    post = create_post(author=alice, images=[photo()], visibility="public")
    deliver_all()

    def edit(visibility):
        return lambda: edit_post(post=post, editor=alice, changes={"visibility": visibility})

    at_once(*[edit(each) for each in ("public", "followers", "private") for _ in range(5)])
    deliver_all()

    post.refresh_from_db()
    expected = "public" if post.visibility == "public" else "signed"
    assert accesses(post) == {(expected, "ready")}
    assert PostMedia.objects.misplaced().count() == 0


# --- What was there before there were signed pictures --------------------------------------------


def test_pictures_of_before_are_brought_to_where_they_belong_and_others_stay(
    alice, dave, guest, as_user, publish
):
    """As rows are after the migration: all of them public."""
    posts = [publish(alice), publish(alice), publish(alice), publish(dave)]
    Post.objects.filter(pk=posts[1].pk).update(visibility="followers")
    Post.objects.filter(pk=posts[2].pk).update(visibility="private")
    for media in Media.objects.filter(owner=dave):
        Media.objects.filter(pk=media.pk).update(
            access="public", renditions={}, state="processing", renditions_folder=""
        )
    process_post(post_id=posts[3].pk)
    before = dict(Post.objects.values_list("pk", "revision"))
    assert PostMedia.objects.misplaced().count() == 3

    out = StringIO()
    call_command("settle_pictures", stdout=out)
    deliver_all()

    assert "3 posts" in out.getvalue()
    assert [accesses(post) for post in posts] == [
        {("public", "ready")},
        *[{("signed", "ready")}] * 3,
    ]
    assert len(stores.files("default")) == 1
    for post in posts[1:]:
        assert fetched(guest, urls_in(card_of(as_user(post.author), post))) == {200}
        assert Post.objects.get(pk=post.pk).revision > before[post.pk]

    again = StringIO()
    call_command("settle_pictures", stdout=again)
    assert "0 posts" in again.getvalue()
    assert not Announcement.objects.exists()


def test_settling_goes_in_chunks_and_comes_to_an_end(alice):
    for _ in range(5):
        album(alice, pictures=2)
    Post.objects.update(visibility="followers")

    assert [settle_pictures(2) for _ in range(4)] == [2, 2, 1, 0]
    assert set(Media.objects.values_list("access", flat=True)) == {"signed"}
