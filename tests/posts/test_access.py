"""Who may read and who may change a post (Y7, D9): what is hidden answers like what is missing."""

import pytest

from posts.models import Post, PostEdit
from tests.albums import album, published
from users.actions.relationships import block_user, follow_user
from users.models import TimelineEntry, User

MISSING = b'{"code":"not_found","detail":"Not found.","fields":{}}'
FIELDS = {"caption": "mine now", "visibility": "public"}


def answers(client, path):
    """Everything that can be asked of one post: (method, path) → answer."""
    asked = [
        ("get", path, None),
        ("put", path, FIELDS),
        ("patch", path, FIELDS),
        ("delete", path, None),
        ("get", f"{path}edits/", None),
        ("post", f"{path}retry/", None),
        ("post", f"{path}like/", None),
        ("delete", f"{path}like/", None),
        ("get", f"{path}comments/", None),
        ("post", f"{path}comments/", {"text": "hello"}),
        ("put", f"{path}comments/1/", {"text": "hello"}),
        ("delete", f"{path}comments/1/", None),
    ]
    return {
        (method, p.removeprefix(path)): getattr(client, method)(p, body)
        for method, p, body in asked
    }


def seen_by(client, post):
    return client.get(f"/posts/{post.pk}/").status_code == 200


def test_d9_followers_posts_are_for_followers_and_private_ones_for_nobody_else(
    alice, bob, carol, guest, as_user
):
    follow_user(owner=bob, target=alice)
    posts = [published(alice, visibility=each) for each in ("public", "followers", "private")]

    def what(client):
        return [seen_by(client, post) for post in posts]

    assert what(as_user(alice)) == [True, True, True]
    assert what(as_user(bob)) == [True, True, False]
    assert what(as_user(carol)) == [True, False, False]
    assert what(guest) == [True, False, False]


def test_d9_a_private_accounts_posts_are_for_its_followers(dave, bob, guest, as_user):
    post = published(dave)
    assert not seen_by(as_user(bob), post)
    assert not seen_by(guest, post)

    User.objects.filter(pk=dave.pk).update(is_private=False)
    follow_user(owner=bob, target=dave)
    User.objects.filter(pk=dave.pk).update(is_private=True)

    assert seen_by(as_user(bob), post)
    assert not seen_by(guest, post)


@pytest.mark.parametrize("blocker", ["alice", "bob"])
def test_d9_a_block_hides_posts_both_ways(alice, bob, as_user, blocker):
    hers, his = published(alice), published(bob)
    people = {"alice": alice, "bob": bob}
    other = "bob" if blocker == "alice" else "alice"
    block_user(owner=people[blocker], target=people[other])

    assert not seen_by(as_user(bob), hers)
    assert not seen_by(as_user(alice), his)


@pytest.mark.parametrize("hidden", ["suspended_at", "deleted_at"])
def test_d9_a_hidden_persons_posts_are_hidden(alice, bob, guest, as_user, hidden):
    post = published(alice)
    User.objects.filter(pk=alice.pk).update(**{hidden: "2026-01-01T00:00Z"})

    assert not seen_by(as_user(bob), post)
    assert not seen_by(guest, post)


@pytest.mark.parametrize("state", ["draft", "processing", "failed"])
def test_y7_what_is_not_published_is_for_its_author(alice, bob, guest, as_user, state):
    post = album(alice, state=state)

    assert seen_by(as_user(alice), post)
    assert not seen_by(as_user(bob), post)
    assert not seen_by(guest, post)


@pytest.mark.parametrize("reason", ["private", "deleted", "hidden", "blocked", "processing"])
def test_d9_a_hidden_post_answers_byte_for_byte_like_a_missing_one(alice, bob, as_user, reason):
    post = album(alice) if reason == "processing" else published(alice)
    columns = {
        "private": {"visibility": "private"},
        "deleted": {"deleted_at": "2026-01-01T00:00Z"},
        "hidden": {"hidden_at": "2026-01-01T00:00Z"},
    }
    Post.objects.filter(pk=post.pk).update(**columns.get(reason, {"caption": ""}))
    if reason == "blocked":
        block_user(owner=alice, target=bob)
    before = Post.objects.filter(pk=post.pk).values().get()

    hidden = answers(as_user(bob), f"/posts/{post.pk}/")
    missing = answers(as_user(bob), "/posts/999999999/")

    for asked, answer in hidden.items():
        assert answer.status_code == 404, asked
        assert answer.content == missing[asked].content == MISSING, asked
        assert answer.headers.items() >= {("Content-Type", "application/json")}
        named = set(answer.headers) - {"X-Request-Id"}
        assert named == set(missing[asked].headers) - {"X-Request-Id"}, asked
    assert Post.objects.filter(pk=post.pk).values().get() == before


def test_y7_only_the_author_changes_a_post(alice, bob, guest, as_user):
    post = published(alice, caption="hers")
    before = Post.objects.filter(pk=post.pk).values().get()

    for method, body in (("put", FIELDS), ("patch", FIELDS), ("delete", None)):
        refused = getattr(as_user(bob), method)(f"/posts/{post.pk}/", body)
        assert (refused.status_code, refused.json()["code"]) == (403, "permission_denied")
        turned_away = getattr(guest, method)(f"/posts/{post.pk}/", body)
        assert (turned_away.status_code, turned_away.json()["code"]) == (401, "not_authenticated")

    assert Post.objects.filter(pk=post.pk).values().get() == before
    assert PostEdit.objects.count() == 0


# --- Editing -------------------------------------------------------------------------------------


def test_y7_an_edit_keeps_what_was_there_before(alice, as_user, announced):
    post = published(alice, pictures=2, caption="first", tags=["one"])

    edited = as_user(alice).patch(
        f"/posts/{post.pk}/",
        {"caption": "second", "tags": ["#Two", "two"], "alt_texts": ["alt 0", "new"]},
    )

    seen = edited.json()
    assert edited.status_code == 200
    assert (seen["caption"], seen["tags"]) == ("second", ["two"])
    assert [each["alt_text"] for each in seen["media"]] == ["alt 0", "new"]
    assert seen["edited_at"] > seen["published_at"]
    assert Post.objects.get().revision == post.revision + 1
    history = as_user(alice).get(f"/posts/{post.pk}/edits/").json()["results"]
    assert history == [
        {
            "caption": "first",
            "tags": ["one"],
            "visibility": "public",
            "alt_texts": ["alt 0", "alt 1"],
            "replaced_at": history[0]["replaced_at"],
        }
    ]
    assert announced.events()[-1] == ("PostEdited", {"post_id": post.pk})


def test_y7_an_edit_of_nothing_changes_nothing(alice, as_user, announced):
    post = published(alice, caption="same", tags=["one"])
    before = Post.objects.filter(pk=post.pk).values().get()
    told = announced.events()

    same = {"caption": "same", "tags": ["#ONE"], "visibility": "public", "alt_texts": ["alt 0"]}
    for body in (same, {}, {"unknown": 1}):
        assert as_user(alice).patch(f"/posts/{post.pk}/", body).json()["edited_at"] is None

    assert Post.objects.filter(pk=post.pk).values().get() == before
    assert PostEdit.objects.count() == 0
    assert announced.events() == told


def test_y7_put_needs_a_caption_and_leaves_what_is_not_sent(alice, as_user):
    post = published(alice, caption="old", tags=["kept"], visibility="private")

    refused = as_user(alice).put(f"/posts/{post.pk}/", {"tags": []})
    put = as_user(alice).put(f"/posts/{post.pk}/", {"caption": ""})

    assert (refused.status_code, list(refused.json()["fields"])) == (400, ["caption"])
    assert (put.json()["caption"], put.json()["tags"]) == ("", ["kept"])
    assert put.json()["visibility"] == "private"


def test_an_edit_as_a_form_can_empty_the_tags(alice, as_user):
    post = published(alice, tags=["one"])

    edited = as_user(alice).patch(f"/posts/{post.pk}/", {"tags": ""}, format="multipart")

    assert edited.json()["tags"] == []


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({"caption": "x" * 2201}, "caption"),
        ({"caption": None}, "caption"),
        ({"caption": ["a"]}, "caption"),
        ({"caption": {"a": 1}}, "caption"),
        ({"tags": "one"}, "tags"),
        ({"tags": {"a": 1}}, "tags"),
        ({"tags": [["a"]]}, "tags.0"),
        ({"tags": ["a b"]}, "tags"),
        ({"visibility": "all"}, "visibility"),
        ({"visibility": ["public"]}, "visibility"),
        ({"visibility": None}, "visibility"),
        ({"alt_texts": []}, "alt_texts"),
        ({"alt_texts": ["a", "b"]}, "alt_texts"),
        ({"alt_texts": ["x" * 1501]}, "alt_texts.0"),
    ],
)
def test_d8_a_wrong_edit_is_named_and_changes_nothing(alice, as_user, body, field):
    post = published(alice, caption="as it was")
    before = Post.objects.filter(pk=post.pk).values().get()

    answer = as_user(alice).patch(f"/posts/{post.pk}/", body)

    assert answer.status_code == 400, answer.content
    assert list(answer.json()["fields"]) == [field]
    assert Post.objects.filter(pk=post.pk).values().get() == before
    assert PostEdit.objects.count() == 0


@pytest.mark.parametrize("body", [b'{"caption": "\\ud800"}', b"[]", b"{", b"\xff", b'"caption"'])
def test_d8_what_is_no_json_object_changes_nothing(alice, as_user, body):
    post = published(alice, caption="as it was")

    answer = as_user(alice).generic("PATCH", f"/posts/{post.pk}/", body, "application/json")

    assert answer.status_code == 400, answer.content
    assert set(answer.json()) == {"code", "detail", "fields"}
    assert Post.objects.get().caption == "as it was"


def test_y7_another_audience_moves_counts_and_timelines(alice, bob, as_user, announced):
    follow_user(owner=bob, target=alice)
    post = published(alice, visibility="private")

    def state(visibility):
        client = as_user(alice)
        assert client.patch(f"/posts/{post.pk}/", {"visibility": visibility}).status_code == 200
        alice.refresh_from_db()
        readers = TimelineEntry.objects.filter(post_id=post.pk).order_by("owner_id")
        return (
            (alice.public_posts_count, alice.followers_posts_count, alice.private_posts_count),
            list(readers.values_list("owner_id", flat=True)),
        )

    both = sorted([alice.pk, bob.pk])
    assert state("followers") == ((0, 1, 0), both)
    assert state("public") == ((1, 0, 0), both)
    assert state("private") == ((0, 0, 1), [alice.pk])
    told = [name for name, _ in announced.events() if not name.startswith("Media")]
    assert told == [
        "UserFollowed",
        "PostPublished",
        *["PostEdited", "PostPublished"] * 2,  # wider
        "PostEdited",
    ]


def test_the_audience_of_an_unpublished_post_moves_no_counts(alice, as_user, announced):
    post = album(alice)

    as_user(alice).patch(f"/posts/{post.pk}/", {"visibility": "private"})

    alice.refresh_from_db()
    assert (alice.public_posts_count, alice.private_posts_count) == (0, 0)
    assert [name for name, _ in announced.events()] == ["MediaAccessChanged"]


def test_the_history_is_for_the_author_alone(alice, bob, guest, as_user):
    post = published(alice, caption="first")
    as_user(alice).patch(f"/posts/{post.pk}/", {"caption": "second"})

    assert as_user(bob).get(f"/posts/{post.pk}/edits/").status_code == 404
    assert guest.get(f"/posts/{post.pk}/edits/").status_code == 401


# --- Deleting ------------------------------------------------------------------------------------


def test_y9_a_deleted_post_is_gone_for_everyone_at_once(alice, bob, guest, as_user, announced):
    follow_user(owner=bob, target=alice)
    post, other = published(alice), published(alice)

    deleted = as_user(alice).delete(f"/posts/{post.pk}/")
    again = as_user(alice).delete(f"/posts/{post.pk}/")

    assert (deleted.status_code, deleted.content) == (204, b"")
    assert (again.status_code, again.content) == (404, MISSING)
    for client in (as_user(alice), as_user(bob), guest):
        assert not seen_by(client, post)
    alice.refresh_from_db()
    assert alice.public_posts_count == 1
    assert TimelineEntry.objects.filter(post_id=post.pk).count() == 0
    assert TimelineEntry.objects.filter(post_id=other.pk).count() == 2
    assert announced.events().count(("PostWithdrawn", {"post_id": post.pk})) == 1


def test_deleting_an_unpublished_post_moves_no_counts(alice, as_user, announced):
    post = album(alice)

    assert as_user(alice).delete(f"/posts/{post.pk}/").status_code == 204

    alice.refresh_from_db()
    assert alice.public_posts_count == 0
    assert [kind for kind, _ in announced.events()] == ["MediaConcealed"]
