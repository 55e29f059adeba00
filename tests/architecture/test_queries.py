"""Every list costs the same at any length, and shows nobody what is hidden from them (D9).

The lists are those of the API's description whose answer is a page: a new one is tried here
without being named here.
"""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from config import documents
from tests import world
from tests.search.asking import late
from users.models import User

FEW, MANY = 5, 50
LISTS = [
    path
    for path, item in documents.document()["paths"].items()
    if item.get("get", {"responses": {}})["responses"]
    .get("200", {})
    .get("schema", {})
    .get("$ref", "")
    .endswith("List")
]
# What a search needs to find as many as there are, of each kind.
QUESTIONS = (
    {"query": "light", "type": "post"},
    {"query": "friend", "type": "user"},
    {"query": "sea", "type": "tag"},
)
CASES = [
    (path, asked)
    for path in LISTS
    for asked in (QUESTIONS if path.startswith("/search/") else ({},))
]
each_list = pytest.mark.parametrize(
    ("path", "asked"), CASES, ids=[" ".join([path, *asked.values()]) for path, asked in CASES]
)
OWN_RELATIONS = {"/users/blocks/"}  # whom one has blocked oneself: shown on purpose


@pytest.fixture
def viewer(person):
    return person("viewer")


@pytest.fixture
def star(person):
    return person("star")


def address(path, *, viewer, star, talked_under, own):
    """`path` with something in it: what was edited, or hung before, is the viewer's own."""
    post = own if path.endswith("/edits/") else talked_under
    person = viewer if path.endswith("/history/") else star
    answered = talked_under.comments.earliest("pk")
    names = {"username": person.username, "user_id": star.pk, "comment_id": answered.pk}
    return path.format(**names, post_id=post.pk, name="sea")


def test_there_are_lists_to_look_at():
    assert len(LISTS) >= 10


@each_list
def test_a_list_of_fifty_costs_as_many_queries_as_one_of_five(path, asked, viewer, star, as_user):
    talked_under, own = world.populate(viewer, star, MANY)
    url = address(path, viewer=viewer, star=star, talked_under=talked_under, own=own)
    client = as_user(viewer)

    counts = []
    for limit in (FEW, MANY):
        with CaptureQueriesContext(connection) as queries:
            answer = client.get(url, {"limit": limit, **asked})
        assert answer.status_code == 200, answer.content
        assert len(answer.json()["results"]) == limit
        counts.append(len(queries))

    assert counts[0] == counts[1]
    assert counts[1] <= (14 if asked else 6)  # an engine has statements of its own


@each_list
def test_a_list_shows_nothing_that_is_hidden_from_the_viewer(path, asked, viewer, star, as_user):
    talked_under, own = world.populate(viewer, star, FEW)
    url = address(path, viewer=viewer, star=star, talked_under=talked_under, own=own)
    client = as_user(viewer)
    before = client.get(url, {"limit": 100, **asked})
    assert len(before.json()["results"]) >= FEW

    world.haunt(viewer, star, talked_under)
    after = client.get(url, {"limit": 100, **asked})

    if path in OWN_RELATIONS:
        assert len(after.json()["results"]) == len(before.json()["results"]) + 1
    else:
        assert after.content == before.content
        assert world.HIDDEN not in after.content.decode()


@each_list
def test_a_list_shows_guests_only_what_is_for_everyone(path, asked, viewer, star, guest):
    talked_under, own = world.populate(viewer, star, FEW)
    world.haunt(viewer, star, talked_under)
    narrowed = world.post(star, world.HIDDEN, visibility="followers")
    late("post", narrowed.pk, title="light", tags=narrowed.tags)
    url = address(path, viewer=viewer, star=star, talked_under=talked_under, own=own)
    # Guests have no blocks: only what is gone or narrowed is hidden from them.
    User.objects.filter(username__contains="block").update(suspended_at="2026-01-01T00:00Z")

    answer = guest.get(url, {"limit": 100, **asked})

    assert answer.status_code in (200, 401)
    assert world.HIDDEN not in answer.content.decode()


@pytest.mark.parametrize("path", [path for path in LISTS if "_id}" in path or "{user" in path])
def test_a_list_of_somebody_who_blocks_the_viewer_is_not_there(path, viewer, star, as_user):
    talked_under, _ = world.populate(viewer, star, FEW)
    ghost = world.haunt(viewer, star, talked_under)[0]
    theirs = world.post(ghost, world.HIDDEN)
    said = theirs.comments.create(author=star, text=world.HIDDEN)
    names = {"username": ghost.username, "user_id": ghost.pk}
    url = path.format(**names, post_id=theirs.pk, comment_id=said.pk)
    none = dict.fromkeys(("user_id", "post_id", "comment_id"), 987654321)
    missing = path.format(username="nobody", **none)

    answer = as_user(viewer).get(url)

    assert answer.status_code == 404
    assert answer.content == as_user(viewer).get(missing).content
