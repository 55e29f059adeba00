"""Four people make a place together, over HTTP, and every step is looked at from both sides.

L1 to L6 and L8, with D1 and D9: they sign up by a code, post photos and a reel, name each other,
react, answer, carry on, keep, plan, follow tags, and are told what else they may like.
"""

from datetime import timedelta

import pytest
import time_machine
from django.core import mail
from django.utils import timezone
from rest_framework.test import APIClient

from posts.tasks import publish_due_posts
from recommendations.tasks import make_shelves
from tests import pictures
from tests.conftest import PASSWORD, deliver_all
from tests.media import clips


class Member:
    """Somebody with a program that knows the API alone. What they do is done when it returns."""

    def __init__(self, name):
        self.name, self.http = name, APIClient()

    def ask(self, method, path, sent=None, *, expect=(200, 201, 202, 204), form=False):
        act = getattr(self.http, method)
        answer = act(path, sent, format="multipart" if form else "json")
        assert answer.status_code in expect, (self.name, path, answer.content)
        return answer.json() if answer.content else None

    def read(self, path, expect=200):
        answer = self.http.get(path)
        assert answer.status_code == expect, (self.name, path, answer.content)
        return answer.json()

    def list(self, path):
        return self.read(path)["results"]

    def card(self, post):
        return self.read(f"/posts/{post}/")

    def ids(self, path):
        return [each["id"] for each in self.list(path)]


def joined(name, committed):
    """Sign up by the six digits in the letter, and log in (L1)."""
    member, email = Member(name), f"{name}@example.org"
    with committed():
        member.ask("post", "/users/register/code/", {"email": email})
    digits = str(mail.outbox[-1].subject)[:6]
    proof = {"email": email, "code": digits}
    ticket = member.ask("post", "/users/register/verify/", proof)["ticket"]
    account = {"username": name, "password": PASSWORD, "ticket": ticket}
    assert member.ask("post", "/users/register/", account)["email_verified"] is True
    tokens = member.ask("post", "/users/login/", {"username": email, "password": PASSWORD})
    member.http.credentials(HTTP_AUTHORIZATION=f"Bearer {tokens['access']}")
    return member


@pytest.fixture
def cast(db, settings, committed):
    generous = dict.fromkeys(settings.THROTTLE_RATES, "10000/min")
    settings.THROTTLE_RATES = generous
    made = [joined(name, committed) for name in ("ada", "ben", "cleo", "dan")]
    for follower, target in (("ben", "ada"), ("cleo", "ada"), ("dan", "ben")):
        who = next(each for each in made if each.name == follower)
        who.ask("post", f"/users/follow/{target}/")
    return made


@pytest.fixture
def shown(cast, committed):
    """Ada posts a photo that names Ben and a tag."""
    ada = cast[0]
    with committed():
        fields = {"images": [pictures.uploaded(300, 200)], "caption": "with @ben at #Dawn"}
        return ada.ask("post", "/posts/", fields, form=True)["id"]


def test_l2_l3_a_photo_and_a_reel_arrive_where_they_should(cast, shown, committed):
    ada, ben, cleo, dan = cast
    with committed():
        fields = {"images": [clips.uploaded(clips.clip())], "type": "reel"}
        reel = ada.ask("post", "/posts/", fields, form=True)["id"]

    for member in (ada, ben, cleo):
        assert member.ids("/posts/timeline/") == [reel, shown]
        assert member.card(reel)["type"] == "reel"
        (film,) = member.card(reel)["media"]
        assert (film["state"], film["duration_seconds"]) == ("ready", 1.0)
    assert dan.ids("/posts/timeline/") == []
    caption = dan.card(shown)
    assert (caption["mentions"], caption["tags"]) == (["ben"], ["dawn"])
    assert ben.ids("/posts/mentioned/") == [shown]
    assert ada.ids("/posts/mentioned/") == cleo.ids("/posts/mentioned/") == []
    two = {"images": [clips.uploaded(clips.clip()), pictures.uploaded()], "type": "reel"}
    refused = ada.ask("post", "/posts/", two, form=True, expect=(400,))
    assert list(refused["fields"]) == ["type"]


def test_l3_l8_a_tag_has_a_page_and_is_followed(cast, shown):
    ada, _, _, dan = cast
    dan.ask("post", "/tags/dawn/follow/")

    page = dan.read("/tags/dawn/")
    assert (page["name"], page["posts_count"], page["is_followed"]) == ("dawn", 1, True)
    assert ada.read("/tags/dawn/")["is_followed"] is False
    for sort in ("recent", "top"):
        assert dan.ids(f"/tags/dawn/posts/?sort={sort}") == [shown]
    assert dan.ids("/posts/timeline/") == []
    dan.ask("patch", "/users/dan/", {"shows_followed_tags": True})
    assert dan.ids("/posts/timeline/") == [shown]

    ada.ask("patch", f"/posts/{shown}/", {"caption": "with nobody at #dusk"})
    assert dan.ids("/posts/timeline/") == dan.ids("/tags/dawn/posts/") == []
    assert dan.ids("/tags/dusk/posts/") == [shown]


def test_l4_each_reacts_once_and_all_see_how(cast, shown):
    ada, ben, cleo, dan = cast
    reactions = f"/posts/{shown}/reactions/"
    for member, emoji in ((ben, "🌅"), (cleo, "🌅"), (dan, "❤"), (ben, "👩‍🚀")):
        member.ask("post", reactions, {"emoji": emoji})

    for member in cast:
        assert member.card(shown)["reactions_count"] == 3
        counts = member.read(f"{reactions}summary/")["counts"]
        assert {each["emoji"]: each["count"] for each in counts} == {"🌅": 1, "❤": 1, "👩‍🚀": 1}
        people = [(each["person"]["username"], each["emoji"]) for each in member.list(reactions)]
        assert sorted(people) == [("ben", "👩‍🚀"), ("cleo", "🌅"), ("dan", "❤")]
    assert [each.card(shown)["viewer"]["reaction"] for each in cast] == [None, "👩‍🚀", "🌅", "❤"]
    assert ben.ids("/posts/reacted/") == [shown]
    assert ada.ids("/posts/reacted/") == []
    dan.ask("delete", reactions)
    assert [each.card(shown)["reactions_count"] for each in cast] == [2] * 4
    dan.ask("post", reactions, {"emoji": "like"}, expect=(400,))


def test_l5_they_answer_each_other_with_a_picture_and_keep_the_shape(cast, shown, committed):
    ada, ben, cleo, dan = cast
    talk = f"/posts/{shown}/comments/"
    first = ben.ask("post", talk, {"text": "Where is this?"})["id"]
    with committed():
        image = pictures.uploaded(200, 100)
        fields = {"text": "@ben: here.", "parent_id": first, "image": image}
        second = ada.ask("post", talk, fields, form=True)["id"]
    third = dan.ask("post", talk, {"text": "Lovely!", "parent_id": second})["id"]
    cleo.ask("post", f"{talk}{third}/reactions/", {"emoji": "🎉"})

    for member in cast:
        assert member.card(shown)["comments_count"] == 3
        assert member.ids(talk) == [first]
        (answer,) = member.list(f"{talk}{first}/replies/")
        assert (answer["mentions"], len(answer["media"])) == (["ben"], 1)
        assert member.list(f"{talk}{second}/replies/")[0]["reactions_count"] == 1

    ada.ask("delete", f"{talk}{second}/")
    for member in cast:
        (place,) = member.list(f"{talk}{first}/replies/")
        assert (place["removed"], place["text"], place["media"]) == (True, "", [])
        assert member.card(shown)["comments_count"] == 2
    cleo.ask("post", talk, {"text": "late", "parent_id": second}, expect=(404,))


def test_l6_ben_carries_it_on_and_cleo_keeps_it(cast, shown):
    ada, ben, cleo, dan = cast
    assert dan.ids("/posts/timeline/") == []

    for _ in range(2):
        ben.ask("post", f"/posts/{shown}/repost/")
        deliver_all()
    (carried,) = dan.list("/posts/timeline/")
    assert (carried["id"], carried["reposted_by"]["username"]) == (shown, "ben")
    (own,) = cleo.list("/posts/timeline/")
    assert own["reposted_by"] is None
    assert ada.card(shown)["reposts_count"] == 1
    assert dan.ids("/users/ben/reposts/") == [shown]
    assert dan.ids("/users/ben/posts/") == []

    shelf = cleo.ask("post", "/posts/collections/", {"name": "Mornings"})["id"]
    cleo.ask("post", f"/posts/{shown}/save/", {"collection": shelf})
    assert cleo.ids(f"/posts/saved/?collection={shelf}") == [shown]
    assert ada.card(shown)["saves_count"] == 1
    assert ada.card(shown)["viewer"]["saved"] is False
    assert ben.list("/posts/collections/") == ben.ids("/posts/saved/") == []

    ben.ask("delete", f"/posts/{shown}/repost/")
    cleo.ask("delete", f"/posts/{shown}/save/")
    deliver_all()
    assert dan.ids("/posts/timeline/") == cleo.ids("/posts/saved/") == []
    card = ada.card(shown)
    assert (card["reposts_count"], card["saves_count"]) == (0, 0)


def test_a_planned_post_appears_at_its_time_for_everybody_at_once(cast, committed):
    ada, ben, cleo, _ = cast
    at = timezone.now() + timedelta(hours=1)
    with committed():
        fields = {"images": [pictures.uploaded()], "caption": "soon", "publish_at": at.isoformat()}
        planned = ada.ask("post", "/posts/", fields, form=True)["id"]
    assert ada.ids("/posts/drafts/") == [planned]
    assert ben.ids("/posts/drafts/") == ben.ids("/posts/timeline/") == []
    cleo.read(f"/posts/{planned}/", expect=404)

    with time_machine.travel(at + timedelta(seconds=1)), committed():
        publish_due_posts()
        publish_due_posts()
        deliver_all()

    assert ada.ids("/posts/drafts/") == []
    assert ben.ids("/posts/timeline/") == cleo.ids("/posts/timeline/") == [planned]


def test_l8_dan_is_told_what_he_may_like_and_why(cast, shown):
    ada, ben, _, dan = cast
    ben.ask("post", f"/posts/{shown}/reactions/", {"emoji": "🌅"})
    make_shelves()

    (found,) = dan.list("/explore/")
    assert found["post"]["id"] == shown
    assert found["reason"]["text"] == "ben reacted to this."
    assert "ada" in [each["person"]["username"] for each in dan.list("/explore/people/")]
    assert shown not in [each["post"]["id"] for each in ben.list("/explore/")]
    assert Member("a guest").list("/explore/")

    ada.ask("post", "/users/block/dan/")
    assert dan.list("/explore/") == []
    assert "ada" not in [each["person"]["username"] for each in dan.list("/explore/people/")]
