"""`GET /search/query` (Y11, D7, D8): what is found, filtered, counted and paged through.

On PostgreSQL as the engine; the stories (tests/stories/test_search.py) are told on both.
"""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from posts.models import Post
from search.elasticsearch import door
from tests.search.asking import ask, found, name, on, plain, posted, settle
from users.actions.relationships import block_user, follow_user, mute_user
from users.models import User

# --- What is found -------------------------------------------------------------------------------


def test_y11_the_answer_is_a_page_of_results_with_a_count(alice, guest):
    post = posted(alice, "A súnset at sea", tags=["sea"], alt_texts=["", "waves"])
    settle()

    answer = ask(guest, "SUNSET")

    result = answer["results"][0]
    assert answer == {
        "count": 1,
        "next": None,
        "previous": None,
        "results": [
            {
                "type": "post",
                "post": guest.get(f"/posts/{post.pk}/").json(),
                "score": 10.35,  # an exact word in a caption of today: 9 x (1 + 0.15)
                "highlights": {
                    "caption": [
                        {"text": "A ", "hit": False},
                        {"text": "súnset", "hit": True},
                        {"text": " at sea", "hit": False},
                    ]
                },
            }
        ],
        "degraded": False,
    }
    assert result["post"]["author"]["username"] == "alice"


def test_y11_posts_are_found_by_caption_alt_text_tag_and_author(alice, person, guest):
    ada = person("ada.l", name="Ada Lovelace")
    post = posted(alice, "A harbour", alt_texts=["", "two boats"], tags=["evening"])
    hers = posted(ada, "Nothing")
    settle()

    assert found(guest, "harbour") == [post.pk]
    assert found(guest, "boats") == [post.pk]
    assert found(guest, "evening", type="post") == [post.pk]
    assert found(guest, "alice", type="post") == [post.pk]
    assert found(guest, "lovelace", type="post") == [hers.pk]
    assert found(guest, "harbour boats evening alice") == [post.pk]
    assert found(guest, "harbour nothing") == []


def test_y11_people_are_found_by_username_and_name_and_tags_by_themselves(alice, person, guest):
    person("sunny", name="Sol Invictus")
    posted(alice, tags=["sunday"])
    settle()

    assert found(guest, "SUNNY") == ["@sunny"]
    assert found(guest, "invictus") == ["@sunny"]
    assert found(guest, "sunday", type="tag") == ["#sunday"]
    assert found(guest, "sun", type="user") == ["@sunny"]
    assert set(found(guest, "sun")) == {"@sunny", "#sunday", Post.objects.get().pk}


def test_y11_a_result_of_each_kind_has_its_shape(alice, guest):
    posted(alice, tags=["alice"])
    settle()

    user, tag, post = ask(guest, "alice")["results"]

    assert user == {
        "type": "user",
        "user": {"id": alice.pk, "username": "alice", "name": "", "avatar_url": None},
        "score": 13.0,
        "highlights": {"username": [{"text": "alice", "hit": True}]},
    }
    assert tag == {
        "type": "tag",
        "tag": {"name": "alice"},
        "score": 13.0,
        "highlights": {"tags": [[{"text": "alice", "hit": True}]]},
    }
    assert (post["type"], set(post)) == ("post", {"type", "post", "score", "highlights"})


def test_y11_exact_is_before_prefix_before_a_typo(alice, guest):
    typo, prefix, exact, whole = (
        posted(alice, caption).pk
        for caption in ("the sunsit", "two sunsets", "a red sunset", "Sunset")
    )
    settle()

    assert found(guest, "sunset") == [whole, exact, prefix, typo]


def test_y11_followed_and_liked_and_fresh_come_first(alice, bob, carol, as_user):
    follow_user(owner=carol, target=bob)
    old, liked, fresh, followed = (
        posted(who, "regatta morning") for who in (alice, alice, alice, bob)
    )
    for post, age in ((old, 400), (liked, 60), (fresh, 1), (followed, 400)):
        on(timezone.now() - timedelta(days=age), post)
    Post.objects.filter(pk=liked.pk).update(likes_count=500)
    settle()

    assert found(as_user(carol), "regatta") == [followed.pk, liked.pk, fresh.pk, old.pk]
    assert found(as_user(alice), "regatta")[-1] == followed.pk


def test_y11_highlights_are_of_every_field_and_as_people_write(alice, guest):
    User.objects.filter(pk=alice.pk).update(name="Alice Séa")
    posted(alice, "By the SEA", alt_texts=["a hill", "the seá"], tags=["sea", "sky"])
    settle()

    marks = ask(guest, "sea", type="post")["results"][0]["highlights"]

    assert plain(marks["caption"]) == "By the [SEA]"
    assert [plain(each) for each in marks["alt_texts"]] == ["", "the [seá]"]
    assert [plain(each) for each in marks["tags"]] == ["[sea]", ""]
    assert plain(marks["name"]) == "Alice [Séa]"
    assert "username" not in marks


# --- Pages ---------------------------------------------------------------------------------------


def test_d7_pages_have_limit_offset_count_and_links(alice, guest, settings):
    posts = [posted(alice, "light").pk for _ in range(5)][::-1]
    settle()

    first = ask(guest, "light", type="post", tag="", limit=2)
    second = guest.get(first["next"].removeprefix(settings.SITE_URL)).json()
    third = guest.get(second["next"].removeprefix(settings.SITE_URL)).json()
    back = guest.get(third["previous"].removeprefix(settings.SITE_URL)).json()

    pages = [first, second, third]
    assert [name(each) for page in pages for each in page["results"]] == posts
    assert [page["count"] for page in pages] == [5, 5, 5]
    assert first["next"] == (
        f"{settings.SITE_URL}/search/query?query=light&type=post&tag=&limit=2&offset=2"
    )
    assert (first["previous"], third["next"]) == (None, None)
    assert back["results"] == second["results"]
    assert "offset=0" in second["previous"]


def test_d7_links_keep_what_was_asked_however_often(alice, guest):
    for _ in range(3):
        posted(alice, "light & dark", alt_texts=["x", "y"])
    settle()

    answer = ask(guest, "light & dark", has=["alt", "album"], limit=1)

    query = answer["next"].partition("?")[2].split("&")
    assert sorted(query) == [
        "has=album",
        "has=alt",
        "limit=1",
        "offset=1",
        "query=light+%26+dark",
    ]


def test_d7_an_offset_behind_the_last_result_is_an_empty_page(alice, guest):
    posted(alice, "light")
    settle()

    answer = ask(guest, "light", type="post", offset=400, limit=20)

    assert (answer["count"], answer["results"], answer["next"]) == (1, [], None)
    assert "offset=0" in answer["previous"]


def test_d7_no_more_is_counted_than_can_be_paged_through(alice, guest, settings):
    settings.SEARCH_WINDOW = 3
    posts = [posted(alice, "light", tags=["light"]).pk for _ in range(5)][::-1]
    settle()

    assert ask(guest, "light", type="post")["count"] == 3
    answer = ask(guest, "light", limit=2, offset=2)
    assert (answer["count"], len(answer["results"]), answer["next"]) == (3, 1, None)
    assert found(guest, "light") == posts[:3]


def test_a_page_without_limit_has_the_size_of_any_list(alice, guest, settings):
    for _ in range(settings.PAGE_SIZE + 1):
        posted(alice, "light")
    settle()

    answer = ask(guest, "light", type="post")

    assert len(answer["results"]) == settings.PAGE_SIZE
    assert answer["count"] == settings.PAGE_SIZE + 1


def test_d2_a_slash_at_the_end_changes_nothing(alice, guest):
    posted(alice, "light")
    settle()

    assert guest.get("/search/query/?query=light").json() == ask(guest, "light")


# --- What it costs -------------------------------------------------------------------------------


def cost(client, **asked):
    with CaptureQueriesContext(connection) as queries:
        answer = ask(client, **asked)
    return len(queries), len(answer["results"])


@pytest.mark.parametrize("who", ["member", "guest"])
@pytest.mark.parametrize("kind", ["post", "user", "tag", ""])
def test_y11_a_search_costs_the_same_at_5_and_at_50(alice, person, as_user, guest, who, kind):
    for number in range(50):
        friend = person(f"light{number}")
        follow_user(owner=alice, target=friend)
        posted(friend, "light", alt_texts=["one", "two"], tags=[f"light{number}"])
    settle()
    client = as_user(alice) if who == "member" else guest
    asked = {"query": "light", **({"type": kind} if kind else {})}

    few, many = cost(client, limit=5, **asked), cost(client, limit=50, **asked)

    assert (few[1], many[1]) == (5, 50)
    if kind:  # a page of all kinds loads posts, their pictures and people where it has any
        assert few[0] == many[0]
    assert many[0] <= 18  # of which the engine has up to ten: a statement a kind, and its limits


def test_a_question_that_cannot_be_met_asks_nothing(alice, guest):
    for query in ("?!", "( ( (", "from:nobody light", "type:user #sea"):
        with CaptureQueriesContext(connection) as queries:
            assert found(guest, query) == []
        assert len(queries) == ("from:" in query)  # who that is


def test_searching_is_counted_and_so_is_every_reading_of_it(alice, guest, settings):
    settings.THROTTLE_RATES = {**settings.THROTTLE_RATES, "search": "2/min"}

    answers = [guest.get("/search/query?query=a") for _ in range(3)]

    assert [answer.status_code for answer in answers] == [200, 200, 429]
    assert answers[2].json()["code"] == "throttled"
    assert 0 < int(answers[2]["Retry-After"]) <= 60


# --- Relations -----------------------------------------------------------------------------------


def test_y11_somebody_muted_is_still_found_by_who_looks_for_them(alice, bob, as_user):
    post = posted(bob, "light")
    mute_user(owner=alice, target=bob)
    settle()

    assert found(as_user(alice), "light") == [post.pk]
    assert found(as_user(alice), "bob") == ["@bob", post.pk]


def test_d9_a_blocked_author_is_like_an_unknown_one(alice, bob, carol, as_user):
    """Their name after an `@` too: it is a word, and found where others have written it."""
    posted(bob, "light")
    settle()
    block_user(owner=bob, target=alice)
    both = posted(carol, "Where are bob and zed?")
    settle()

    client = as_user(alice)
    for name_ in ("bob", "zed"):
        assert found(client, f"from:{name_}") == found(client, author=name_) == []
        assert found(client, f"@{name_}") == [both.pk]
    assert found(as_user(carol), "@bob")[0] == "@bob"


# --- Without an engine ---------------------------------------------------------------------------


@pytest.fixture
def no_elasticsearch(settings):
    """An address at which nobody answers."""
    settings.ELASTICSEARCH_URL = "http://127.0.0.1:9"
    door.questions.reset()
    yield
    door.questions.reset()


def test_y11_while_elasticsearch_is_away_postgresql_answers_and_says_so(
    alice, guest, no_elasticsearch, settings
):
    posted(alice, "light", tags=["lighthouse"])
    settings.ELASTICSEARCH_URL, address = "", settings.ELASTICSEARCH_URL
    settle()
    here = ask(guest, "light")
    assert (here["count"], here["degraded"]) == (2, False)

    settings.ELASTICSEARCH_URL = address

    assert ask(guest, "light") == {**here, "degraded": True}
    answer = guest.get("/search/autocomplete?query=li").json()
    assert answer == {"results": [{"type": "tag", "value": "lighthouse"}], "degraded": True}


def test_d8_when_no_engine_answers_in_time_it_is_a_503_in_the_one_shape(alice, guest, settings):
    posted(alice, "light")
    settle()
    settings.SEARCH_TIMEOUT = 0.0

    for path in ("/search/query?query=light", "/search/autocomplete?query=light"):
        answer = guest.get(path)
        assert answer.status_code == 503
        assert answer.json() == {
            "code": "search_unavailable",
            "detail": "The search does not answer at the moment. Please try again in a minute.",
            "fields": {},
        }


def test_y11_little_words_need_not_be_met_where_nothing_meets_all(alice, guest):
    bridge = posted(alice, "Suspension bridge disappearing into cloud")
    exact = posted(alice, "In the cloud")
    settle()

    assert found(guest, "the bridge in the cloud") == [bridge.pk]
    assert found(guest, "in the cloud") == [exact.pk]
    assert found(guest, "the bridge in the harbour") == []
    assert found(guest, "in the") == [exact.pk]
