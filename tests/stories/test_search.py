"""Finding things again, told over HTTP by several people, on both engines (Y11, D7, D9, D10)."""

import pytest
from django.conf import settings

from posts.actions.moderation import hide_post, restore_post
from posts.models import Post
from search import elasticsearch
from tests import pictures
from tests.albums import made_anew
from tests.conftest import PASSWORD, deliver_all
from tests.search.asking import ask, found, plain, suggested
from tests.search.conftest import (  # noqa: F401 (the stage of the search)
    _elasticsearch_prefix,
    elasticsearch_engine,
    node,
)
from users.models import User


class Seeker:
    """Somebody who posts and searches as a program would."""

    def __init__(self, username, client):
        self.username, self.client = username, client

    def posts(self, caption, **fields):
        sent = {"images": [pictures.uploaded(64, 48)], "caption": caption, **fields}
        answer = self.client.post("/posts/", sent, format="multipart")
        assert answer.status_code == 201, answer.content
        return answer.json()["id"]

    def does(self, method, path, body=None, code=200):
        answer = getattr(self.client, method)(path, body)
        assert answer.status_code == code, answer.content
        return answer

    def finds(self, query="", **parameters):
        return found(self.client, query, **parameters)

    def is_suggested(self, query):
        return suggested(self.client, query)


@pytest.fixture(params=["postgres", "elasticsearch"])
def after(request):
    """Do the work that followed from what has been done, until the index shows it."""
    if request.param == "postgres":
        return deliver_all
    request.getfixturevalue("elasticsearch_engine")

    def until_shown():
        deliver_all()
        elasticsearch.refresh(elasticsearch.alias())

    return until_shown


@pytest.fixture
def cast(db, guest, as_user, after):
    """Alice, Bob and Carol have registered; nobody knows anybody."""
    people = []
    for name in ("alice", "bob", "carol"):
        body = {"username": name, "email": f"{name}@example.org", "password": PASSWORD}
        assert guest.post("/users/register", body).status_code == 201
        people.append(Seeker(name, as_user(User.objects.get(username=name))))
    after()
    return people


def test_y11_a_post_with_an_accent_is_found_by_a_typo_until_it_is_deleted(cast, guest, after):
    alice, bob, _ = cast
    post = alice.posts("A súnset over the Café", tags=["Été"], alt_texts=["red sky"])
    assert bob.finds("sunset") == []  # not before its pictures are ready
    after()

    for query in ("súnset", "SUNSET", "sunet", "sunét", "sunste", "suns", "cafe", "red sky"):
        assert bob.finds(query) == found(guest, query) == [post], query
    assert bob.finds("#ete") == [post, "#été"]
    assert bob.is_suggested("é") == suggested(guest, "e") == ["#été"]
    shown = ask(bob.client, "sunét")["results"][0]
    assert plain(shown["highlights"]["caption"]) == "A [súnset] over the Café"
    assert shown["post"] == bob.client.get(f"/posts/{post}/").json()

    alice.does("delete", f"/posts/{post}/", code=204)

    for query in ("súnset", "sunet", "été", "red sky", "#ete"):
        assert bob.finds(query) == alice.finds(query) == found(guest, query) == [], query
    assert bob.is_suggested("é") == []
    after()
    assert bob.finds("sunset") == bob.is_suggested("é") == []


def test_y11_what_is_looked_for_is_narrowed_word_by_word_and_page_by_page(cast, after):
    alice, bob, carol = cast
    carol.does("post", "/users/follow/bob/")
    sea = alice.posts("Light on the sea", tags=["sea", "blue"])
    hill = alice.posts("Light on the hill", tags=["green"])
    town = bob.posts("Town lights", tags=["sea"])
    after()

    assert carol.finds("light") == [hill, sea, town]  # exact first, though Carol follows Bob
    assert carol.finds("light from:alice") == [hill, sea]
    assert carol.finds("light #sea") == [sea, town]
    assert carol.finds("light #sea -town") == carol.finds('"light on" tag:blue') == [sea]
    assert carol.finds("light", author="bob") == carol.finds("light @bob") == [town]
    assert bob.finds("from:me") == [town]
    assert carol.finds("@bob") == ["@bob", town]
    assert carol.finds("light before:2020-01-01") == carol.finds("light", to="2020-01-01") == []
    assert carol.is_suggested("b") == ["@bob", "#blue"]

    first = carol.does("get", "/search/query?query=light&limit=2").json()
    second = carol.does("get", first["next"].removeprefix(settings.SITE_URL)).json()
    assert (first["count"], second["count"], second["next"]) == (3, 3, None)
    assert [each["post"]["id"] for each in first["results"] + second["results"]] == [
        hill,
        sea,
        town,
    ]


def test_d9_each_finds_what_they_may_see_as_it_changes(cast, guest, after):
    alice, bob, carol = cast
    bob.does("post", "/users/follow/alice/")
    post = alice.posts("Nightingale", tags=["birdsong"])
    after()
    everybody = (alice.client, bob.client, carol.client, guest)

    def who_finds():
        """By the caption and by the tag: always the same people."""
        found_by = [found(client, "nightingale") == [post] for client in everybody]
        assert [post in found(client, "#birdsong") for client in everybody] == found_by
        assert [ask(client, "nightingale")["count"] for client in everybody] == found_by
        return found_by

    def change(method, person, path, body=None, code=200):
        """Who finds it when the index has heard of it; nobody else did before."""
        person.does(method, path, body, code)
        at_once = who_finds()
        after()
        now = who_finds()
        assert all(late or not early for early, late in zip(at_once, now, strict=True))
        tells = [suggested(client, "birds") != [] for client in everybody]
        assert tells == (now if now[3] else [False] * 4)  # a tag is told when a guest may know it
        return now

    assert who_finds() == [True, True, True, True]
    path = f"/posts/{post}/"
    assert change("patch", alice, path, {"visibility": "followers"}) == [True, True, False, False]
    assert change("patch", alice, path, {"visibility": "private"}) == [True, False, False, False]
    alice.does("patch", path, {"visibility": "public"})
    after()
    assert change("patch", alice, "/users/alice/", {"is_private": True}) == [
        True,
        True,
        False,
        False,
    ]
    assert change("delete", bob, "/users/follow/alice/") == [True, False, False, False]
    alice.does("patch", "/users/alice/", {"is_private": False})
    after()
    assert change("post", alice, "/users/block/bob/") == [True, False, True, True]
    assert bob.finds("alice") == bob.finds("@alice") == bob.is_suggested("ali") == []
    assert alice.finds("bob") == alice.is_suggested("bo") == []
    assert change("delete", alice, "/users/block/bob/") == [True, True, True, True]
    assert bob.is_suggested("ali") == ["@alice"]


def test_y11_what_is_edited_and_who_is_renamed_is_found_as_it_is_now(cast, after):
    alice, bob, _ = cast
    post = alice.posts("Nightingale", tags=["birdsong"])
    after()

    alice.does("patch", f"/posts/{post}/", {"caption": "Blackbird", "tags": ["dawn"]})
    alice.does("patch", "/users/alice/", {"username": "merle", "name": "Mérle Noir"})
    after()

    assert bob.finds("nightingale") == bob.finds("#birdsong") == bob.is_suggested("birds") == []
    assert bob.finds("alice") == bob.finds("from:alice") == bob.is_suggested("ali") == []
    assert bob.finds("blackbird merle") == bob.finds("from:merle noir") == [post]
    assert bob.finds("merle") == ["@merle", post]
    assert (bob.is_suggested("daw"), bob.is_suggested("noi")) == (["#dawn"], ["@merle"])


def test_d10_a_post_that_is_hidden_and_restored_goes_and_comes_back(cast, person, guest, after):
    alice, bob, _ = cast
    post = alice.posts("Nightingale", tags=["birdsong"])
    after()
    moderator = person("moderator", is_staff=True)
    row = Post.objects.get(pk=post)

    hide_post(post=row, moderator=moderator, reason="spam")
    for _ in range(2):
        for client in (alice.client, bob.client, guest):
            assert found(client, "nightingale") == found(client, "birdsong") == []
            assert suggested(client, "birds") == []
        after()

    restore_post(post=row, moderator=moderator, reason="no spam")
    made_anew(row)
    after()
    assert found(guest, "nightingale") == bob.finds("from:alice") == [post]
    assert suggested(guest, "birds") == ["#birdsong"]


def test_d10_a_person_who_leaves_is_gone_from_the_search(cast, guest, after):
    alice, bob, _ = cast
    alice.posts("Nightingale", tags=["birdsong"])
    after()

    alice.does("delete", "/users/alice/", {"password": PASSWORD}, code=204)

    for _ in range(2):
        for query in ("nightingale", "birdsong", "alice", "@alice", "from:alice"):
            assert bob.finds(query) == found(guest, query) == [], query
        assert (bob.is_suggested("a"), bob.is_suggested("bi")) == ([], [])
        after()
