"""Lists of posts (Y3, Y7, Y14, D7): whose, in which order, filtered how, at which cost."""

from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from comments.actions import add_comment
from posts.actions.reactions import set_reaction
from posts.models import LIKE, Post
from tests.albums import album, picture, published
from users.actions.relationships import block_user, follow_user
from users.models import User


def ids(answer):
    assert answer.status_code == 200, answer.content
    return [post["id"] for post in answer.json()["results"]]


def lists_of(user):
    return (f"/posts/user/{user.pk}/", f"/users/{user.username}/posts/")


def test_y7_my_posts_are_mine_alone_in_every_state_the_newest_first(alice, bob, as_user, guest):
    states = ("draft", "processing", "failed")
    mine = [published(alice, visibility="private"), *(album(alice, state=each) for each in states)]
    published(bob)
    gone = [published(alice), published(alice)]
    Post.objects.filter(pk=gone[0].pk).update(deleted_at=timezone.now())
    Post.objects.filter(pk=gone[1].pk).update(hidden_at=timezone.now())

    assert ids(as_user(alice).get("/posts/")) == [post.pk for post in reversed(mine)]
    assert guest.get("/posts/").status_code == 401


def test_y3_nobodys_posts_yet_are_an_empty_list(alice, bob, guest, as_user):
    for path in lists_of(alice):
        for client in (as_user(alice), as_user(bob), guest):
            answer = client.get(path)
            assert answer.status_code == 200
            assert answer.json() == {"next": None, "previous": None, "results": []}


def test_y3_a_list_holds_what_the_viewer_may_see(alice, bob, carol, guest, as_user):
    follow_user(owner=bob, target=alice)
    public, followers, private = (
        published(alice, visibility=each).pk for each in ("public", "followers", "private")
    )
    album(alice)

    for path in lists_of(alice):
        assert ids(as_user(alice).get(path)) == [private, followers, public]
        assert ids(as_user(bob).get(path)) == [followers, public]
        assert ids(as_user(carol).get(path)) == [public]
        assert ids(guest.get(path)) == [public]


def test_y3_a_name_is_found_whatever_its_case(alice, guest):
    post = published(alice)

    assert ids(guest.get("/users/ALICE/posts/")) == [post.pk]
    assert ids(guest.get("/users/alice/posts")) == [post.pk]


@pytest.mark.parametrize("hidden", ["suspended_at", "deleted_at", "blocked"])
def test_d9_somebody_hidden_has_no_list(alice, bob, as_user, hidden):
    published(alice)
    if hidden == "blocked":
        block_user(owner=alice, target=bob)
    else:
        User.objects.filter(pk=alice.pk).update(**{hidden: timezone.now()})

    for path in (*lists_of(alice), "/posts/user/999999999/", "/users/nobody/posts/"):
        answer = as_user(bob).get(path)
        assert answer.status_code == 404
        assert answer.content == b'{"code":"not_found","detail":"Not found.","fields":{}}'


def test_d9_whom_i_block_has_an_empty_list(alice, bob, as_user):
    published(bob)
    block_user(owner=alice, target=bob)

    for path in lists_of(bob):
        assert ids(as_user(alice).get(path)) == []


# --- Pages ---------------------------------------------------------------------------------------


@pytest.mark.parametrize("path", ["/posts/", "/posts/user/{}/"])
def test_d7_pages_lose_and_repeat_nothing_while_posts_arrive(alice, as_user, path):
    old = [published(alice).pk for _ in range(9)]
    client = as_user(alice)

    url, read = f"{path.format(alice.pk)}?limit=2", []
    while url:
        page = client.get(url).json()
        read += [post["id"] for post in page["results"]]
        url = page["next"]
        published(alice)

    assert read == list(reversed(old))


def test_d7_a_list_is_by_publication_and_goes_back_too(alice, as_user):
    posts = [published(alice) for _ in range(5)]
    late = Post.objects.filter(pk=posts[0].pk)
    late.update(published_at=timezone.now())  # processed last
    expected = [posts[n].pk for n in (0, 4, 3, 2, 1)]

    first = as_user(alice).get(f"/posts/user/{alice.pk}/?limit=2")
    second = as_user(alice).get(first.json()["next"])
    back = as_user(alice).get(second.json()["previous"])

    assert ids(first) + ids(second) == expected[:4]
    assert ids(back) == expected[:2]


@pytest.mark.parametrize(
    "query",
    [
        "limit=0",
        "limit=x",
        "limit=-1",
        "cursor=x",
        "cursor=cD1hYmM=",
        "cursor=cD0lMDA=",
    ],
)
@pytest.mark.parametrize("path", ["/posts/", "/posts/user/{}/"])
def test_d8_a_wrong_page_is_a_400(alice, as_user, path, query):
    answer = as_user(alice).get(f"{path.format(alice.pk)}?{query}")

    assert answer.status_code == 400
    assert list(answer.json()["fields"]) == [query.partition("=")[0]]


def test_d7_a_huge_limit_is_a_full_page(alice, as_user, settings):
    settings.PAGE_SIZE_MAX = 3
    for _ in range(4):
        published(alice)

    assert len(ids(as_user(alice).get("/posts/?limit=999999999"))) == 3


# --- Filters -------------------------------------------------------------------------------------


def on(day, post):
    Post.objects.filter(pk=post.pk).update(published_at=day)
    return post.pk


def test_y14_lists_are_filtered_by_tag_type_author_and_day(alice, guest):
    may = on(datetime(2026, 5, 1, tzinfo=UTC), published(alice, tags=["grösse", "sea"]))
    june = on(datetime(2026, 6, 30, 23, 59, 59, 999999, tzinfo=UTC), published(alice, tags=["sea"]))
    video = on(datetime(2026, 7, 1, tzinfo=UTC), published(alice, type="video"))
    path = f"/posts/user/{alice.pk}/"

    def found(query):
        return ids(guest.get(f"{path}?{query}"))

    assert found("") == [video, june, may]
    assert found("tag=sea") == [june, may]
    assert found("tag=%23Gr%C3%B6%C3%9Fe") == [may]
    assert found("tag=nothing") == []
    assert found("type=video") == [video]
    assert found("author=Alice") == [video, june, may]
    assert found("author=bob") == []
    assert found("from=2026-05-01") == [video, june, may]
    assert found("from=2026-05-02") == [video, june]
    assert found("to=2026-06-30") == [june, may]
    assert found("from=2026-06-30&to=2026-06-30&tag=sea") == [june]
    assert found("from=0001-01-01&to=9999-12-31") == [video, june, may]
    assert found("tag=") == [video, june, may]


def test_y14_my_posts_are_filtered_by_state_and_visibility(alice, as_user):
    private = published(alice, visibility="private").pk
    public = published(alice).pk
    waiting = album(alice).pk
    client = as_user(alice)

    assert ids(client.get("/posts/?state=published")) == [public, private]
    assert ids(client.get("/posts/?state=processing")) == [waiting]
    assert ids(client.get("/posts/?visibility=private")) == [private]
    assert ids(client.get("/posts/?state=published&visibility=public&type=photo")) == [public]
    today = timezone.now().date().isoformat()
    assert ids(client.get(f"/posts/?from={today}")) == [public, private]


@pytest.mark.parametrize(
    ("query", "field"),
    [
        ("type=song", "type"),
        ("state=gone", "state"),
        ("visibility=all", "visibility"),
        ("from=yesterday", "from"),
        ("to=2026-02-30", "to"),
        ("to=%00", "to"),
        ("tag=two+words", "tag"),
        ("tag=%00", "tag"),
        ("tag=" + "x" * 101, "tag"),
    ],
)
def test_d8_a_wrong_filter_is_named(alice, as_user, query, field):
    answer = as_user(alice).get(f"/posts/?{query}")

    assert answer.status_code == 400
    assert answer.json()["code"] == "invalid"
    assert list(answer.json()["fields"]) == [field]


def test_filters_survive_into_the_next_page(alice, as_user):
    tagged = [published(alice, tags=["sea"]).pk for _ in range(3)]
    published(alice)

    first = as_user(alice).get("/posts/?tag=sea&limit=2")
    second = as_user(alice).get(first.json()["next"])

    assert ids(first) + ids(second) == list(reversed(tagged))


# --- Bad numbers ---------------------------------------------------------------------------------

HUGE = [2**31, 2**63 - 1, 2**63, 10**30, "9" * 5000]


@pytest.mark.parametrize("number", HUGE, ids=["int", "bigint", "beyond", "1e30", "endless"])
@pytest.mark.parametrize(
    "path",
    [
        "/posts/{}/",
        "/posts/{}/edits/",
        "/posts/user/{}/",
        "/posts/{}/comments/",
        "/posts/{}/comments/1/",
        "/posts/{own}/comments/{}/",
    ],
)
def test_d8_a_number_that_no_row_can_have_is_a_404(alice, as_user, path, number):
    own = published(alice)

    answer = as_user(alice).get(path.format(number, own=own.pk))

    assert answer.status_code == 404
    assert answer.json() == {"code": "not_found", "detail": "Not found.", "fields": {}}


@pytest.mark.parametrize("method", ["options", "head", "put", "patch", "delete", "post", "trace"])
def test_d8_any_method_on_any_path_gets_an_answer(alice, bob, as_user, guest, method):
    post = published(alice)
    comment = add_comment(post=post, author=alice, text="hi")
    paths = [
        "/posts/",
        f"/posts/user/{alice.pk}/",
        "/users/alice/posts/",
        f"/posts/{post.pk}/",
        f"/posts/{post.pk}/edits/",
        f"/posts/{post.pk}/retry/",
        f"/posts/{post.pk}/like/",
        f"/posts/{post.pk}/comments/",
        f"/posts/{post.pk}/comments/{comment.pk}/",
    ]

    for client in (guest, as_user(bob)):
        for path in paths:
            answer = client.generic(method.upper(), path)
            assert answer.status_code < 500, (path, answer.content)


# --- Cost ----------------------------------------------------------------------------------------


@pytest.mark.parametrize("who", ["me", "guest"])
@pytest.mark.parametrize("path", ["/posts/", "/posts/user/{}/", "/users/alice/posts/"])
def test_y7_a_list_costs_the_same_at_5_and_at_50(alice, as_user, guest, path, who):
    if (who, path) == ("guest", "/posts/"):
        return
    User.objects.filter(pk=alice.pk).update(avatar=picture(alice))
    client = as_user(alice) if who == "me" else guest

    def cost(rows):
        while Post.objects.count() < rows:
            post = published(alice, pictures=2)
            set_reaction(post=post, owner=alice, emoji=LIKE)
        with CaptureQueriesContext(
            connection,
        ) as queries:
            answer = client.get(f"{path.format(alice.pk)}?limit=50")
        assert len(ids(answer)) == rows
        return len(queries)

    few = cost(5)
    assert cost(50) == few <= 3  # the person, the page, the pictures


def test_a_list_reads_only_what_it_shows(alice, as_user):
    published(alice)

    client = as_user(alice)
    with CaptureQueriesContext(connection) as queries:
        client.get("/posts/")

    sql = " ".join(each["sql"].partition(" FROM ")[0] for each in queries)
    for column in ("password", "email", "idempotency_key", "original", "bio", "deleted_at"):
        assert f'"{column}"' not in sql, column


def test_posts_of_a_day_long_ago_are_found_by_index_or_not_at_all(alice, guest):
    on(timezone.now() - timedelta(days=10_000), published(alice))

    assert len(ids(guest.get(f"/posts/user/{alice.pk}/?to=2000-01-01"))) == 1
