"""Whatever a client may send by the description, and what it may not: no 5xx, and one error shape.

Schemathesis makes the requests from `docs/swagger.json`'s source (D8). Half of them name people
and posts that exist, and send real pictures, so that they get further than to a 404.
"""

import itertools

import pytest
import schemathesis
from django.core.signals import request_finished, request_started
from django.db import close_old_connections
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from schemathesis import GenerationMode
from schemathesis.core.result import Ok
from schemathesis.specs.openapi.checks import (
    response_schema_conformance,
    status_code_conformance,
)

from config import documents
from config.wsgi import application
from posts.models import Collection
from tests import pictures, world
from users.actions.sessions import Device, open_session

SCHEMA = schemathesis.openapi.from_dict(documents.document())
SCHEMA.app = application
OPERATIONS = {
    each.ok().label: each.ok() for each in SCHEMA.get_all_operations() if isinstance(each, Ok)
}
EXAMPLES = 15
ANYWHERE = (405, 413, 415)  # the introduction tells of these for all operations
bounded = settings(
    max_examples=EXAMPLES,
    derandomize=True,
    deadline=None,
    database=None,
    suppress_health_check=list(HealthCheck),
)


@pytest.fixture(autouse=True)
def _one_connection():
    """The server closes connections between requests; here it shares one with its test."""
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    yield
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)


@pytest.fixture(autouse=True)
def _unthrottled(settings):
    settings.THROTTLE_RATES = dict.fromkeys(settings.THROTTLE_RATES, "1000000/min")


@pytest.fixture
def known(person):
    """What a path may name."""
    viewer, star = person("viewer"), person("star")
    talked_under, own = world.populate(viewer, star, 2)
    comment = talked_under.comments.first()
    draft = world.draft(viewer)
    shown = [each.media.order_by("place__position")[0].pk for each in (talked_under, own, draft)]
    return {
        "viewer": viewer,
        "username": ["star", "viewer", "friend0"],
        "user_id": [star.pk, viewer.pk],
        "post_id": [talked_under.pk, own.pk, draft.pk],
        "media_id": shown,
        "comment_id": [comment.pk],
        "collection_id": [Collection.objects.visible_to(viewer).earliest("pk").pk],
        "place": ["one", "three"],
        "session_id": [],
    }


def steer(case, known, turn):
    """Let every second request name what exists."""
    if turn % 2:
        return
    for name in case.path_parameters:
        if known.get(name):
            case.path_parameters[name] = known[name][turn // 2 % len(known[name])]
    if isinstance(case.body, dict) and "images" in case.body:
        case.body["images"] = [pictures.picture()]


def signed(user):
    """The token of a session of its own: some requests log out."""
    return open_session(user_id=user.pk, device=Device())["access"]


def strategy(operation):
    makers = [operation.as_strategy(generation_mode=mode) for mode in GenerationMode]
    return st.one_of(*makers)


def check(case, response):
    """A success that looks as described, or the one error shape."""
    assert response.status_code < 500, response.content
    if response.status_code >= 400:
        assert response.headers["content-type"] == ["application/json"], response.content
        problem = response.json()
        if case.path.startswith("/api/"):  # D3
            assert problem.pop("reasonForFailure")
        assert set(problem) == {"code", "detail", "fields"}
        assert problem["code"]
        assert problem["detail"]
        assert all(isinstance(each, list) for each in problem["fields"].values())
    case.validate_response(response, checks=[response_schema_conformance])
    if response.status_code not in ANYWHERE:
        case.validate_response(response, checks=[status_code_conformance])


@pytest.mark.parametrize("label", OPERATIONS)
@pytest.mark.parametrize("signed_in", [True, False], ids=["member", "guest"])
def test_no_request_breaks_the_server(label, signed_in, known):
    operation = OPERATIONS[label]
    turns = itertools.count()

    @bounded
    @given(case=strategy(operation))
    def run(case):
        steer(case, known, next(turns))
        headers = {}
        if signed_in:
            headers["Authorization"] = f"Bearer {signed(known['viewer'])}"
        check(case, case.call(headers=headers))

    run()
