"""The row is kept by cacheops (Y14): fresh after each save, and never in anybody's way."""

import time

import pytest
from cacheops.conf import settings as cacheops_settings
from cacheops.redis import is_redis_7, load_script
from cacheops.transaction import transaction_states
from django.conf import settings as django_settings
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from common import redis
from embedded import redis as servers
from instance.actions import change_site
from instance.models import Site
from tests.conftest import PASSWORD
from users.models import User

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def _no_transaction_left_open():
    """cacheops counts open transactions by thread, and miscounts where a commit itself is broken.

    Tests of such commits ran in this thread; it would keep nothing any more.
    """
    transaction_states._states.clear()


def queries(client):
    with CaptureQueriesContext(connection) as seen:
        assert client.get("/instance").status_code == 200
    return len(seen)


def test_the_row_is_read_once(guest):
    """Y14."""
    change_site({"name": "Harbour photos"})
    assert [queries(guest) for _ in range(3)] == [1, 0, 0]


def test_that_there_is_no_row_yet_is_kept_as_well_and_forgotten_when_there_is_one(guest):
    assert [queries(guest) for _ in range(3)] == [1, 0, 0]
    change_site({"name": "Harbour photos"})
    assert guest.get("/instance").json()["name"] == "Harbour photos"


def test_a_save_in_the_admin_is_seen_at_once(guest):
    """Y14."""
    User.objects.create_superuser("root", "root@example.org", PASSWORD)
    admin = Client()
    assert admin.login(username="root", password=PASSWORD)
    change_site({"name": "Before"})
    assert guest.get("/instance").json()["name"] == "Before"

    form = {"name": "After", "description": "", "rules": "", "contact_email": ""}
    answer = admin.post("/admin/instance/site/1/change/", form)

    assert answer.status_code == 302, answer.content
    told = guest.get("/instance").json()
    assert (told["name"], told["registrations_open"]) == ("After", False)


def test_a_save_that_is_rolled_back_leaves_what_is_kept(guest):
    change_site({"name": "Before"})
    assert guest.get("/instance").json()["name"] == "Before"

    connection.set_autocommit(False)
    try:
        change_site({"name": "Never"})
        connection.rollback()
    finally:
        connection.set_autocommit(True)

    assert guest.get("/instance").json()["name"] == "Before"


def test_rules_read_the_row_past_the_cache(guest):
    assert guest.get("/instance").json()["registrations_open"] is True
    Site.objects.create(pk=1)
    Site.objects.filter(pk=1).update(registrations_open=False)  # of which the cache learns nothing

    sent = {"username": "eve", "email": "eve@example.org", "password": PASSWORD}
    assert guest.post("/users/register", sent).status_code == 403


def test_nothing_but_this_row_is_ever_kept(alice, bob, as_user):
    """Y14: what a viewer may see is never in the cache, and so never shared between viewers."""
    assert set(django_settings.CACHEOPS) == {"instance.site"}
    assert cacheops_settings.CACHEOPS_DEFAULTS == {}
    for viewer in (alice, bob):
        for path in ("/instance", "/users", "/users/bob", "/posts", "/posts/timeline"):
            assert as_user(viewer).get(path).status_code == 200

    keys = redis.door.run("return redis.call('KEYS', '*')", keys=[], args=[])
    kept = {key for key in keys if b"q:" in key}
    assert len(kept) == 1
    assert {key for key in keys if b"conj:" in key} == {b"conj:instance_site:id=1"}
    assert alice.username.encode() not in redis.door.send("GET", kept.pop())


# --- Redis away --------------------------------------------------------------------------------


@pytest.fixture
def own_redis(tmp_path, settings):
    """A Redis of this test's own, to be frozen and killed."""
    with servers.Server(tmp_path / "redis", durable=False) as server:
        settings.REDIS_URL = server.url
        redis.door.reset()
        yield server
        server.resume()
    redis.door.reset()


def seconds(client, times):
    began = time.monotonic()
    for _ in range(times):
        answer = client.get("/instance")
        assert answer.status_code == 200
        assert answer.json()["name"] == "Harbour photos"
    return time.monotonic() - began


@pytest.mark.filterwarnings("ignore:The cacheops cache")
@pytest.mark.parametrize("fault", ["pause", "kill"])
@pytest.mark.parametrize("used_before", [True, False], ids=["connected", "new"])
def test_a_redis_that_is_away_costs_one_short_wait_and_then_nothing(
    own_redis, guest, fault, used_before
):
    """Also at a process's first command, when cacheops asks for the version and loads scripts."""
    change_site({"name": "Harbour photos"})
    seconds(guest, 1)
    if not used_before:
        redis.door.reset()
        load_script.memory.clear()
        is_redis_7.memory.clear()
    getattr(own_redis, fault)()

    first = seconds(guest, 1)
    twenty = seconds(guest, 20)

    assert first < 0.3
    assert twenty < 1.0  # one time-out each would be two seconds


@pytest.mark.filterwarnings("ignore:The cacheops cache")
@pytest.mark.parametrize("fault", ["pause", "kill"])
def test_the_row_can_be_saved_while_redis_is_away(own_redis, fault):
    change_site({"name": "Before"})
    getattr(own_redis, fault)()

    began = time.monotonic()
    change_site({"name": "After"})

    assert time.monotonic() - began < 0.3
    assert Site.objects.stored().name == "After"


@pytest.mark.filterwarnings("ignore:The cacheops cache")
def test_it_is_kept_again_once_redis_is_back(own_redis, guest, settings):
    settings.REDIS_PAUSE = 0.1
    change_site({"name": "Harbour photos"})
    own_redis.pause()
    seconds(guest, 2)
    own_redis.resume()
    time.sleep(0.2)

    seconds(guest, 1)
    assert queries(guest) == 0
