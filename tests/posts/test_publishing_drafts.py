"""Drafts published by hand (issue 5; Y7, D8, D9): now, or when their pictures are ready."""

import pytest

from posts.actions.posts import create_post
from posts.models import Mention, Post
from search.models import Document
from tests import pictures
from tests.posts.drafting import drafted, published_events, ready, state
from tests.posts.test_access import MISSING
from tests.posts.test_processing import broken, counts, owners
from tests.signed import accesses, fetched, urls_in
from users.actions.relationships import follow_user
from users.models import User

pytestmark = pytest.mark.django_db


@pytest.fixture
def api(as_user, alice):
    return as_user(alice)


def test_y7_a_draft_is_published_with_all_that_follows(api, alice, bob, as_user, guest, committed):
    follow_user(owner=bob, target=alice)
    post = drafted(alice, 2, caption="at last", tags=["sea"])
    path = f"/posts/{post.pk}/"
    before = api.get(path).json()
    hers = urls_in(before)

    with committed():
        answer = api.post(f"{path}publish/")
        assert (answer.status_code, answer.json()["state"]) == (200, "processing")
        assert as_user(bob).get(path).content == MISSING  # its pictures are on their way

    card = as_user(bob).get(path).json()
    assert (card["state"], card["caption"]) == ("published", "at last")
    assert card["created_at"] == before["created_at"]
    assert "publish_at" not in card
    assert card["published_at"] > card["created_at"]
    assert accesses(post) == {("public", "ready")}
    assert fetched(guest, urls_in(card)) == {200}
    assert fetched(guest, hers) == {403}
    assert counts(alice) == (1, 0, 0)
    assert owners(post) == sorted([alice.pk, bob.pk])
    assert Document.objects.filter(kind="post", key=str(post.pk), gone_at=None).exists()
    assert [each["id"] for each in as_user(bob).get("/posts/timeline/").json()["results"]] == [
        post.pk
    ]
    assert api.get("/posts/drafts/").json()["results"] == []


@pytest.mark.parametrize(
    ("visibility", "is_private", "access"),
    [
        ("public", False, "public"),
        ("followers", False, "signed"),
        ("private", False, "signed"),
        ("public", True, "signed"),
    ],
)
def test_t7_its_pictures_go_where_its_audience_has_them(
    api, alice, committed, visibility, is_private, access
):
    User.objects.filter(pk=alice.pk).update(is_private=is_private)
    alice.refresh_from_db()
    post = drafted(alice, visibility=visibility)
    hers = urls_in(api.get(f"/posts/{post.pk}/").json())

    with committed():
        api.post(f"/posts/{post.pk}/publish/")

    assert state(post) == "published"
    assert accesses(post) == {(access, "ready")}
    kept = urls_in(api.get(f"/posts/{post.pk}/").json()) == hers
    assert kept == (access == "signed")  # where nothing has to move, nothing does


def test_a_draft_published_twice_is_published_once(api, alice, announced):
    post = ready(alice)

    first, second = (api.post(f"/posts/{post.pk}/publish/") for _ in range(2))

    assert (first.status_code, first.json()["state"]) == (200, "published")
    assert second.json() == first.json()
    assert published_events(announced) == [post.pk]
    assert counts(alice) == (0, 1, 0)


def test_d8_a_draft_without_a_picture_is_not_published(api, alice, announced):
    post = create_post(author=alice, caption="only words", draft=True)
    before = Post.objects.filter(pk=post.pk).values().get()

    answer = api.post(f"/posts/{post.pk}/publish/")

    assert (answer.status_code, answer.json()["code"]) == (409, "not_ready")
    assert answer.json()["detail"] == "It has no picture."
    assert Post.objects.filter(pk=post.pk).values().get() == before


def test_d8_a_draft_with_a_failed_picture_is_not_published(api, alice, committed):
    with committed():
        post = create_post(author=alice, images=[pictures.uploaded(), broken()], draft=True)

    answer = api.post(f"/posts/{post.pk}/publish/")

    assert (answer.status_code, answer.json()["code"]) == (409, "not_ready")
    assert answer.json()["detail"].startswith("Picture 2 could not be processed: This photo is")
    card = api.get(f"/posts/{post.pk}/").json()
    assert (card["state"], card["publish_at"], card["publish_error"]) == ("draft", None, None)


def test_d9_only_its_author_publishes_a_draft(as_user, bob, guest, alice, announced):
    post = ready(alice)

    assert as_user(bob).post(f"/posts/{post.pk}/publish/").content == MISSING
    assert guest.post(f"/posts/{post.pk}/publish/").status_code == 401
    assert as_user(bob).post(f"/posts/{10**9}/publish/").content == MISSING
    assert state(post) == "draft"

    as_user(alice).post(f"/posts/{post.pk}/publish/")
    Post.objects.filter(pk=post.pk).update(visibility="public")
    answer = as_user(bob).post(f"/posts/{post.pk}/publish/")
    assert (answer.status_code, answer.json()["code"]) == (403, "permission_denied")


def test_y7_what_is_published_while_its_pictures_are_made_appears_when_they_are(
    api, alice, bob, as_user, committed
):
    with committed():
        post = create_post(author=alice, images=[pictures.uploaded()] * 2, draft=True)
        answer = api.post(f"/posts/{post.pk}/publish/?wait=0")
        assert answer.status_code == 200
        assert (answer.json()["state"], answer.json()["published_at"]) == ("draft", None)
        assert answer.json()["publish_at"] is not None  # it is due
        assert as_user(bob).get(f"/posts/{post.pk}/").content == MISSING

    assert as_user(bob).get(f"/posts/{post.pk}/").json()["state"] == "published"
    assert counts(alice) == (1, 0, 0)


def test_a_draft_that_was_due_and_has_a_picture_that_fails_says_so(api, alice, committed):
    with committed():
        post = create_post(author=alice, images=[pictures.uploaded(), broken()], draft=True)
        assert api.post(f"/posts/{post.pk}/publish/").status_code == 200

    card = api.get("/posts/drafts/").json()["results"][0]
    assert (card["state"], card["publish_at"]) == ("draft", None)
    assert card["publish_error"].startswith("Picture 2 could not be processed: This photo is")
    api.delete(f"/posts/{post.pk}/media/{card['media'][1]['id']}/")
    assert api.get(f"/posts/{post.pk}/").json()["publish_error"] is None
    with committed():
        api.post(f"/posts/{post.pk}/publish/")
    assert state(post) == "published"


def test_l3_a_draft_names_nobody_until_it_is_published(keep, bob, as_user, api, committed):
    card = keep(1, caption="with nobody", tags=["sea"])
    answer = api.patch(f"/posts/{card['id']}/", {"caption": "with @bob at #Dawn"}, format="json")

    assert answer.json()["tags"] == ["sea", "dawn"]
    assert answer.json()["mentions"] == ["bob"]
    assert Mention.objects.get().told is False
    assert as_user(bob).get("/posts/mentioned/").json()["results"] == []
    assert as_user(bob).get("/tags/dawn/posts/").json()["results"] == []

    with committed():
        api.post(f"/posts/{card['id']}/publish/")

    assert Mention.objects.get().told is True
    for path in ("/posts/mentioned/", "/tags/dawn/posts/", "/tags/sea/posts/"):
        assert [each["id"] for each in as_user(bob).get(path).json()["results"]] == [card["id"]]
