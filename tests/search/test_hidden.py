"""What the viewer may not see is found in no way (Y11, D9, D10): not by the index being late.

A word that stands only in something hidden answers, byte by byte, as a word that stands nowhere.
"""

import pytest
from django.utils import timezone

from posts.actions.editing import edit_post
from posts.actions.moderation import hide_post, restore_post
from posts.actions.posts import delete_post
from posts.models import Post
from search.models import Document
from tests.albums import made_anew
from tests.conftest import PASSWORD
from tests.search.asking import ask, found, late, plain, posted, settle, suggested
from users.actions.accounts import change_profile, delete_user
from users.actions.moderation import lift_suspension, suspend_user
from users.actions.relationships import block_user, follow_user, unblock_user, unfollow_user
from users.models import User

# Where the words stand, and words that stand nowhere.
WORDS = ("xylograph", "periwinkle", "zugzwang", "hermit", "Quillon")
NEVER = "jabberwock"


@pytest.fixture(params=["postgres", "elasticsearch"])
def engine(request):
    if request.param == "elasticsearch":
        request.getfixturevalue("elasticsearch_engine")
    return request.param


@pytest.fixture
def moderator(person):
    return person("moderator", is_staff=True)


@pytest.fixture
def post(person):
    """Everybody's, with each of `WORDS` in a place of its own; it can be found."""
    author = person("hermit", name="Quillon")
    made = posted(author, "A xylograph", alt_texts=["periwinkle"], tags=["zugzwang"])
    settle()
    return made


def nothing(answer):
    return {**answer, "results": [], "count": 0, "next": None, "previous": None}


def is_hidden(client, words=WORDS[:3]):
    """Whether nothing tells of the post by any of the words that are hidden with it."""
    never = client.get("/search/query", {"query": NEVER}).content
    nobody = client.get("/search/autocomplete", {"query": NEVER}).content
    for word in words:
        typo = f"{word[:3]}{word[4:]}"
        for query in (word, f'"{word}"', typo, f"#{word}"):
            assert client.get("/search/query", {"query": query}).content == never, query
        for query in (word[:4], f"#{word}", f"@{word}"):
            assert client.get("/search/autocomplete", {"query": query}).content == nobody, query
    assert b'"count":0,' in never
    return True


def hide_in_time(post, moderator, viewer, how):
    author = post.author
    change = {
        "deleted": lambda: delete_post(post=post, editor=author),
        "hidden": lambda: hide_post(post=post, moderator=moderator, reason="spam"),
        "private": lambda: edit_post(post=post, editor=author, changes={"visibility": "private"}),
        "for followers": lambda: edit_post(
            post=post, editor=author, changes={"visibility": "followers"}
        ),
        "of a private account": lambda: change_profile(user=author, changes={"is_private": True}),
        "of somebody suspended": lambda: suspend_user(
            user=author, moderator=moderator, reason="spam"
        ),
        "of somebody deleted": lambda: delete_user(user=author, password=PASSWORD),
        "of who blocks": lambda: block_user(owner=author, target=viewer),
        "of who is blocked": lambda: block_user(owner=viewer, target=author),
        "not published": lambda: Post.objects.filter(pk=post.pk).update(state="processing"),
    }
    change[how]()


WAYS = {  # and whether the author is hidden as well
    "deleted": False,
    "hidden": False,
    "private": False,
    "for followers": False,
    "of a private account": False,
    "of somebody suspended": True,
    "of somebody deleted": True,
    "of who blocks": True,
    "of who is blocked": True,
    "not published": False,
}


# What hides is the same for both engines; with Elasticsearch a copy has to follow.
BOTH = [
    *(("postgres", how) for how in WAYS),
    *(("elasticsearch", how) for how in ("deleted", "for followers", "of who blocks")),
]


@pytest.mark.parametrize(("engine", "how"), BOTH, indirect=["engine"])
def test_d9_what_is_hidden_is_not_found_while_the_index_is_late_nor_after(
    engine, post, moderator, carol, as_user, guest, how
):
    blocked = "block" in how
    clients = [as_user(carol)] if blocked else [as_user(carol), guest]
    for client in clients:
        assert found(client, "xylograph") == [post.pk]
        assert suggested(client, "zugz") == ["#zugzwang"]
    words = WORDS if WAYS[how] else WORDS[:3]

    hide_in_time(post, moderator, carol, how)

    assert Document.objects.get(kind="post").title == "a xylograph"  # the index says the old thing
    for client in clients:
        assert is_hidden(client, words)
    settle()
    for client in clients:
        assert is_hidden(client, words)
        if not WAYS[how]:
            assert found(client, "hermit") == ["@hermit"]
    if blocked:
        assert found(guest, "zugzwang") == ["#zugzwang", post.pk]


@pytest.mark.parametrize("visibility", ["private", "followers"])
def test_d9_what_is_for_some_is_found_by_them_alone(
    engine, person, alice, bob, carol, as_user, guest, visibility
):
    follow_user(owner=bob, target=alice)
    post = posted(alice, "xylograph", tags=["zugzwang"], visibility=visibility)
    settle()

    def everything(user):
        client = as_user(user) if user else guest
        return found(client, "xylograph") + suggested(client, "zug") + found(client, "zugzwang")

    whole = [post.pk, post.pk]  # by its tag too, which is told of to nobody
    assert everything(alice) == whole
    assert everything(bob) == (whole if visibility == "followers" else [])
    assert everything(carol) == everything(None) == []

    unfollow_user(owner=bob, target=alice)
    assert everything(bob) == []
    settle()
    assert everything(bob) == []
    assert everything(alice) == whole


def test_d9_a_hidden_post_is_in_no_count_no_order_and_no_page(post, alice, carol, as_user):
    shown = [posted(alice, "A xylograph").pk for _ in range(5)][::-1]
    settle()
    client = as_user(carol)
    before = [ask(client, "xylograph", limit=2, offset=offset) for offset in (0, 2, 4)]
    assert [page["count"] for page in before] == [6, 6, 6]

    Post.objects.filter(pk=post.pk).update(hidden_at=timezone.now())

    pages = [ask(client, "xylograph", limit=2, offset=offset) for offset in (0, 2, 4)]
    assert [page["count"] for page in pages] == [5, 5, 5]
    assert [each["post"]["id"] for page in pages for each in page["results"]] == shown
    assert pages[2]["next"] is None


def test_d9_hidden_posts_do_not_crowd_out_what_may_be_seen(engine, person, bob, guest, settings):
    """The index itself leaves out what it can: the best hits are not spent on what is hidden."""
    settings.SEARCH_WINDOW = 3
    recluse = person("recluse", is_private=True)
    open_post = posted(bob, "a light")
    for _ in range(5):
        posted(recluse, "light")
        posted(bob, "light", visibility="private")
    settle()

    assert found(guest, "light", type="post") == [open_post.pk]


def test_d10_what_is_restored_is_found_again(engine, post, moderator, guest):
    hide_post(post=post, moderator=moderator, reason="spam")
    settle()
    assert is_hidden(guest)

    restore_post(post=post, moderator=moderator, reason="no spam")
    made_anew(post)
    settle()

    assert found(guest, "xylograph") == [post.pk]
    assert suggested(guest, "zugz") == ["#zugzwang"]


def test_d10_somebody_whose_suspension_ends_is_found_again(engine, post, moderator, guest):
    suspend_user(user=post.author, moderator=moderator, reason="spam")
    settle()
    assert is_hidden(guest, WORDS)

    lift_suspension(user=post.author, moderator=moderator, reason="no spam")
    settle()

    assert found(guest, "xylograph hermit") == [post.pk]
    assert suggested(guest, "herm") == ["@hermit"]


def test_d9_an_unblocked_person_is_found_again(engine, post, carol, as_user):
    block_user(owner=carol, target=post.author)
    assert is_hidden(as_user(carol), WORDS)

    unblock_user(owner=carol, target=post.author)

    assert found(as_user(carol), "xylograph") == [post.pk]
    assert found(as_user(carol), "quillon", type="user") == ["@hermit"]


def test_y11_what_a_caption_no_longer_says_finds_nothing_and_is_never_shown(engine, post, guest):
    edit_post(post=post, editor=post.author, changes={"caption": "A woodcut", "tags": []})

    late = ask(guest, "xylograph")  # the index has not heard of it
    assert (late["count"], late["results"]) == (0, [])
    assert "xylograph" not in str(late).lower()
    assert found(guest, "zugzwang", type="tag") == suggested(guest, "zug") == []
    settle()

    assert found(guest, "xylograph") == found(guest, "#zugzwang") == []
    assert found(guest, "woodcut") == [post.pk]


def test_y11_somebody_renamed_is_found_by_the_new_name(engine, post, guest):
    change_profile(user=post.author, changes={"username": "anchorite", "name": "Pommel"})

    late = ask(guest, "hermit")
    assert not {"hermit", "quillon"} & set(str(late["results"]).lower().split("'"))
    settle()

    for gone in ("hermit", "quillon", "@hermit", "from:hermit"):
        assert found(guest, gone) == [], gone
    assert found(guest, "anchorite") == ["@anchorite", post.pk]
    assert found(guest, "from:anchorite pommel") == [post.pk]
    assert suggested(guest, "anch") == ["@anchorite"]


def test_d9_a_private_account_is_found_and_its_posts_are_not(engine, dave, bob, carol, as_user):
    User.objects.filter(pk=dave.pk).update(is_private=False)
    follow_user(owner=bob, target=dave)
    User.objects.filter(pk=dave.pk).update(is_private=True)
    post = posted(dave, "light", tags=["zugzwang"])
    settle()

    assert found(as_user(bob), "dave") == ["@dave", post.pk]
    assert found(as_user(bob), "light") == [post.pk]
    assert found(as_user(carol), "dave") == found(as_user(carol), "@dave") == ["@dave"]
    assert found(as_user(carol), "light") == suggested(as_user(carol), "zug") == []


def test_d9_own_drafts_are_not_searched(alice, as_user):
    post = posted(alice, "light")
    settle()
    Post.objects.filter(pk=post.pk).update(state="draft")

    assert found(as_user(alice), "light") == []


# --- Rows that no action writes: an index that is wrong -------------------------------------------


def test_d9_an_index_that_says_everything_of_everybody_tells_nothing(
    person, alice, bob, as_user, guest
):
    """Documents of hidden posts, as if they were for everybody, with the words of others."""
    open_post = posted(alice, "light", tags=["sea"])
    settle()
    hidden = [
        posted(alice, "light", tags=["secret"], visibility="private"),
        posted(person("gone", suspended_at=timezone.now()), "light", tags=["secret"]),
        posted(bob, "light", tags=["secret"], visibility="followers"),
    ]
    for post in hidden:
        late("post", post.pk, title="light", tags=["secret", "sea"])
    for tag in ("secret", "sec"):
        late("tag", tag, title=tag, tags=[tag])

    assert found(guest, "light") == [open_post.pk]
    assert found(guest, "sea") == ["#sea", open_post.pk]
    assert suggested(guest, "se") == ["#sea"]
    assert found(as_user(bob), "#secret") == [hidden[2].pk, "#secret"]


def test_d9_a_hidden_tag_takes_nobodys_place(alice, bob, guest, settings):
    settings.SEARCH_WINDOW = 3
    for number in range(3):
        posted(bob, tags=[f"pregnanz{number}"])
    settle()
    before = ask(guest, "pregnan", type="tag")
    posted(alice, tags=["pregnancy"], visibility="private")
    settle()

    assert before["count"] == 3
    assert ask(guest, "pregnan", type="tag") == before
    assert suggested(guest, "pregnan") == ["#pregnanz0", "#pregnanz1", "#pregnanz2"]


def test_d9_a_document_of_what_is_not_there_is_passed_over(alice, guest):
    post = posted(alice, "light", tags=["sea"])
    settle()
    Post.objects.filter(pk=post.pk).delete()

    assert Document.objects.filter(kind="post").exists()
    assert ask(guest, "light") == nothing(ask(guest, NEVER))
    assert suggested(guest, "sea") == []


def test_highlights_show_the_present_text(post, guest):
    Post.objects.filter(pk=post.pk).update(caption="The xylographs of old")

    marks = ask(guest, "xylograph")["results"][0]["highlights"]

    assert plain(marks["caption"]) == "The [xylographs] of old"
