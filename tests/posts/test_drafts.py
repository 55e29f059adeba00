"""Drafts (issue 5; Y7, D1, D8, D10): kept, listed, changed and deleted by their author."""

from datetime import timedelta

import pytest
from django.utils import timezone

from media.models import Media
from posts.actions.moderation import hide_post, restore_post
from posts.models import Post, PostEdit
from tests import pictures
from tests.albums import published
from tests.media import stores
from tests.posts.test_access import MISSING
from tests.posts.test_processing import counts, owners
from tests.signed import accesses

pytestmark = pytest.mark.django_db
DRAFTS = "/posts/drafts/"


@pytest.fixture
def api(as_user, alice):
    return as_user(alice)


# --- Kept ----------------------------------------------------------------------------------------


def test_y7_a_draft_is_kept_with_its_pictures_made_and_stays_one(keep, alice, api):
    card = keep(2, caption=" later ", tags=["#Sea"], alt_texts=["a boat"], visibility="followers")

    assert (card["state"], card["caption"], card["tags"]) == ("draft", "later", ["sea"])
    assert [(each["state"], each["alt_text"]) for each in card["media"]] == [
        ("ready", "a boat"),
        ("ready", ""),
    ]
    assert (card["published_at"], card["edited_at"]) == (None, None)
    assert (card["publish_at"], card["publish_error"]) == (None, None)
    assert counts(alice) == (0, 0, 0)
    assert owners(Post.objects.get()) == []


def test_y7_a_draft_may_be_nothing_but_texts_or_nothing_at_all(keep, api):
    texts, nothing = keep(caption="only words"), keep()

    assert (texts["caption"], texts["media"]) == ("only words", [])
    assert (nothing["caption"], nothing["media"]) == ("", [])
    listed = api.get(DRAFTS).json()["results"]
    assert listed == [nothing, texts]


def test_what_is_published_has_no_fields_of_a_draft(api, alice, keep):
    keep()
    post = published(alice)

    assert "publish_at" not in api.get(f"/posts/{post.pk}/").json()
    assert "publish_error" not in api.get(f"/posts/{post.pk}/").json()
    assert len(api.get(DRAFTS).json()["results"]) == 1
    assert len(api.get("/posts/").json()["results"]) == 2
    assert len(api.get("/posts/?state=draft").json()["results"]) == 1


@pytest.mark.parametrize("sent", [{"draft": False}, {"draft": "no"}, {"publish_at": None}, {}])
def test_d8_without_the_word_draft_a_post_needs_a_picture(api, sent, announced):
    answer = api.post("/posts/", {"caption": "hi", **sent}, format="json")

    assert (answer.status_code, list(answer.json()["fields"])) == (400, ["images"])
    assert not Post.objects.exists()


@pytest.mark.parametrize(
    ("fields", "named"),
    [
        ({"draft": "maybe"}, "draft"),
        ({"alt_texts": ["of nothing"]}, "alt_texts"),
        ({"caption": "x" * 2201}, "caption"),
        ({"media": [123456]}, "media.0"),
        ({"visibility": "friends"}, "visibility"),
    ],
)
def test_d8_a_draft_is_refused_like_a_post_and_leaves_nothing(api, fields, named, announced):
    answer = api.post("/posts/", {"draft": True, **fields}, format="json")

    assert (answer.status_code, list(answer.json()["fields"])) == (400, [named])
    assert not Post.objects.exists()
    assert announced == []


def test_d1_the_same_key_gives_the_same_draft(api, announced):
    key = {"Idempotency-Key": "k-1"}
    body = {"draft": True, "caption": "once"}

    answers = [api.post("/posts/", body, format="json", headers=key) for _ in range(2)]
    as_post = api.post("/posts/", {"caption": "once", "media": [1]}, format="json", headers=key)

    assert answers[0].json() == answers[1].json()
    assert Post.objects.count() == 1
    assert (as_post.status_code, as_post.json()["code"]) == (409, "idempotency_conflict")


def test_drafts_are_listed_the_latest_first_in_pages(keep, api):
    made = [keep(caption=str(number))["id"] for number in range(5)]

    first = api.get(f"{DRAFTS}?limit=2").json()
    second = api.get(first["next"]).json()
    third = api.get(second["next"]).json()

    pages = [[card["id"] for card in page["results"]] for page in (first, second, third)]
    assert pages == [made[:2:-1], made[2:0:-1], made[:1]]
    assert third["next"] is None


# --- Changed -------------------------------------------------------------------------------------


def test_a_draft_is_changed_and_nothing_is_kept_of_what_it_said(keep, api):
    draft = keep(2, caption="one", visibility="public")
    path = f"/posts/{draft['id']}/"

    answer = api.patch(
        path,
        {"caption": "two", "tags": ["b"], "visibility": "private", "alt_texts": ["x", "y"]},
        format="json",
    )

    card = answer.json()
    assert (card["caption"], card["tags"], card["visibility"]) == ("two", ["b"], "private")
    assert [each["alt_text"] for each in card["media"]] == ["x", "y"]
    assert (card["state"], card["edited_at"]) == ("draft", None)
    assert not PostEdit.objects.exists()
    assert accesses(Post.objects.get()) == {("signed", "ready")}
    assert api.put(path, {"caption": "three"}, format="json").json()["caption"] == "three"
    assert api.patch(path, {"visibility": "public"}, format="json").status_code == 200
    assert accesses(Post.objects.get()) == {("signed", "ready")}


def test_what_is_of_drafts_alone_is_refused_of_other_posts(api, alice):
    post = published(alice, 2)
    first = Media.objects.filter(place__post=post, place__position=0).get()
    before = api.get(f"/posts/{post.pk}/").json()

    answers = [
        api.patch(f"/posts/{post.pk}/", {"media": [first.pk]}, format="json"),
        api.patch(f"/posts/{post.pk}/", {"publish_at": "2999-01-01T00:00Z"}, format="json"),
        api.patch(f"/posts/{post.pk}/", {"caption": "x", "publish_at": None}, format="json"),
        api.delete(f"/posts/{post.pk}/media/{first.pk}/"),
        api.patch(f"/posts/{post.pk}/media/{first.pk}/", {"alt_text": "x"}, format="json"),
        api.post(f"/posts/{post.pk}/media/", {"images": [pictures.uploaded()]}, format="multipart"),
    ]

    assert {(each.status_code, each.json()["code"]) for each in answers} == {(409, "not_a_draft")}
    assert api.get(f"/posts/{post.pk}/").json() == before
    assert Media.objects.count() == 2


# --- Gone, and back ------------------------------------------------------------------------------


def test_d10_a_deleted_draft_is_gone_with_its_files_and_its_time(keep, api, committed, alice):
    draft = keep(1, publish_at=(timezone.now() + timedelta(hours=1)).isoformat())

    with committed():
        assert api.delete(f"/posts/{draft['id']}/").status_code == 204

    assert api.delete(f"/posts/{draft['id']}/").content == MISSING
    assert api.get(DRAFTS).json()["results"] == []
    assert everything_but_originals() == set()
    assert counts(alice) == (0, 0, 0)


def everything_but_originals():
    names = {*stores.files("originals"), *stores.files("default")}
    return {name for name in names if not name.endswith("/original")}


def test_d10_a_draft_that_was_hidden_comes_back_as_one_without_a_time(
    keep, api, committed, person, alice
):
    soon = (timezone.now() + timedelta(hours=1)).isoformat()
    draft = keep(1, publish_at=soon)
    post = Post.objects.get(pk=draft["id"])
    mo = person("mo", is_staff=True)
    with committed():
        hide_post(post=post, moderator=mo, reason="test")
    assert api.get(DRAFTS).json()["results"] == []

    with committed():
        restore_post(post=post, moderator=mo, reason="a mistake")

    (card,) = api.get(DRAFTS).json()["results"]
    assert (card["state"], card["publish_at"], card["media"][0]["state"]) == (
        "draft",
        None,
        "ready",
    )
    assert counts(alice) == (0, 0, 0)
