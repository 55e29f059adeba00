"""Four people talk under a picture, over HTTP, with everybody's side of it (L4, L5, D9, D10)."""

from typing import Any

import pytest

from tests import pictures
from tests.albums import published
from tests.comments.threads import outline, path, whole
from users.actions.moderation import lift_suspension, suspend_user


class Talker:
    """Somebody who reads and writes one thread as a program would."""

    def __init__(self, client, post):
        self.client, self.post = client, post

    def says(self, text, below=None, **fields):
        fields = {"text": text, **({"parent_id": below} if below else {}), **fields}
        answer = self.client.post(path(self.post), fields, format="multipart")
        assert answer.status_code == 201, answer.content
        return answer.json()["id"]

    def reacts(self, comment, emoji):
        answer = self.client.post(path(self.post, comment, "reactions/"), {"emoji": emoji})
        assert answer.status_code == 200, answer.content
        return answer.json()["reactions_count"]

    def takes_away(self, comment):
        return self.client.delete(path(self.post, comment)).status_code

    def reads(self, sort="oldest"):
        return outline(self.client, self.post, sort)

    def sees(self, comment):
        return self.client.get(path(self.post, comment)).json()

    def counted(self):
        return self.client.get(f"/posts/{self.post.pk}/").json()["comments_count"]


GROWN: list[Any] = [
    ("Where is this?", [("The north shore.", [("With the boat!", [])])]),
    ("Fine.", []),
]
PLACE: list[Any] = [("Where is this?", [(None, [("With the boat!", [])])]), ("Fine.", [])]


@pytest.fixture
def cast(alice, bob, carol, dave, as_user, guest):
    """Alice's picture; Bob, Carol and Dave talk about it, and a guest reads."""
    post = published(alice)
    clients = [*map(as_user, (alice, bob, carol, dave)), guest]
    return [Talker(each, post) for each in clients]


@pytest.fixture
def said(cast, committed):
    """What they said, by its last word."""
    alice, bob, carol, dave, _ = cast
    said = {"this": bob.says("Where is this?"), "fine": dave.says("Fine.")}
    with committed():
        image = pictures.uploaded(400, 300)
        said["shore"] = alice.says("The north shore.", said["this"], image=image)
        assert bob.sees(said["shore"])["media"] == []
    return said | {"boat": carol.says("With the boat!", said["shore"])}


def test_l5_a_thread_grows_with_a_picture_in_it_and_everybody_reads_the_same(cast, said):
    for each in cast:
        assert each.reads() == GROWN
        assert each.reads("newest") == GROWN[::-1]
        assert each.counted() == 4
        assert [media["state"] for media in each.sees(said["shore"])["media"]] == ["ready"]
        assert [each.sees(said[name])["replies_count"] for name in said] == [1, 0, 1, 0]


def test_l4_who_reacts_is_seen_by_everybody_and_counted_once(cast, said):
    _, bob, carol, dave, _ = cast
    fine = said["fine"]

    assert [bob.reacts(fine, "😀"), carol.reacts(fine, "🌅"), bob.reacts(fine, "❤")] == [1, 2, 2]

    for each in cast:
        assert each.reads("reactions") == GROWN[::-1]
        summary = each.client.get(path(each.post, fine, "reactions/summary/")).json()
        assert summary == {"counts": [{"emoji": e, "count": 1} for e in ("❤", "🌅")]}
        listed = whole(each.client, path(each.post, fine, "reactions/"))
        assert [(one["person"]["username"], one["emoji"]) for one in listed] == [
            ("bob", "❤"),
            ("carol", "🌅"),
        ]
    own = [each.sees(fine)["viewer"]["reaction"] for each in (bob, carol, dave)]
    assert own == ["❤", "🌅", None]


def test_d10_a_thread_loses_its_middle_and_keeps_its_shape(cast, said, committed):
    alice, bob, carol, dave, _ = cast

    assert dave.takes_away(said["shore"]) == 403
    with committed():
        assert alice.takes_away(said["shore"]) == 204

    for each in cast:
        assert each.reads() == PLACE
        assert each.counted() == 3
        assert each.sees(said["shore"])["code"] == "not_found"
    late = {"text": "Which one?", "parent_id": said["shore"]}
    assert bob.client.post(path(bob.post), late).status_code == 404
    assert carol.takes_away(said["boat"]) == 204
    for each in cast:
        assert each.reads() == [("Where is this?", []), ("Fine.", [])]
        assert each.counted() == 2


def test_d9_somebody_suspended_leaves_the_thread_and_its_counts_and_comes_back(
    cast, said, carol, person, committed
):
    _, bob, carols, dave, guest = cast
    moderator = person("moderator", is_staff=True)
    carols.reacts(said["fine"], "🌅")
    below = dave.says("I see none.", said["boat"])

    with committed():
        suspend_user(user=carol, moderator=moderator, reason="spam")
    for each in (bob, dave, guest):
        shore: Any = ("The north shore.", [(None, [("I see none.", [])])])
        assert each.reads() == [("Where is this?", [shore]), ("Fine.", [])]
        assert (each.counted(), each.sees(said["fine"])["reactions_count"]) == (4, 0)
    assert dave.takes_away(below) == 204
    assert bob.reads() == [("Where is this?", [("The north shore.", [])]), ("Fine.", [])]
    with committed():
        lift_suspension(user=carol, moderator=moderator, reason="no spam")
    for each in cast:
        assert each.reads() == GROWN
        assert (each.counted(), each.sees(said["fine"])["reactions_count"]) == (4, 1)


def test_d9_two_of_whom_one_blocks_the_other_read_around_each_other(cast, said):
    alice, bob, carol, dave, guest = cast

    assert bob.client.post("/users/block/carol/").status_code == 200

    assert bob.reads() == [("Where is this?", [("The north shore.", [])]), ("Fine.", [])]
    assert carol.reads() == [(None, GROWN[0][1]), ("Fine.", [])]
    for asking, hidden in ((bob, said["boat"]), (carol, said["this"])):
        assert asking.sees(hidden)["code"] == "not_found"
    assert alice.reads() == dave.reads() == guest.reads() == GROWN
