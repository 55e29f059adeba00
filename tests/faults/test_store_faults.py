"""The whole system on a store that fails (Y8, Y16): it says so, and heals by itself.

The store is the real S3 server, behind a proxy that breaks what it is told to. What becomes of
every single call is in `tests/media/test_store_failing.py`.
"""

import io
import itertools
import os

import httpx
import pytest
from PIL import Image

from tests.faults import proxy as faults
from tests.faults.proxy import BROKEN, IN_SHORT, QUICK
from tests.system import System, eventually, fresh_database

numbers = itertools.count(1)


@pytest.fixture(scope="module")
def system_on_s3(bucket_of_this_worker, tmp_path_factory):
    """Web, worker and clock, with their photos behind a proxy."""
    folder = tmp_path_factory.mktemp("on_s3")
    database = fresh_database(os.environ["DATABASE_URL"], "yafig_faults_s3")
    found = bucket_of_this_worker
    with faults.before(found.server.endpoint) as proxy:
        variables = {
            **found.variables,
            **QUICK,
            "S3_ENDPOINT_URL": proxy.url,
            "S3_PUBLIC_ENDPOINT_URL": found.server.endpoint,
            "MEDIA_URL": found.public_url,
        }
        with System(folder, database, **variables) as running:
            yield running, proxy
    found.empty()


def width(url):
    """Of the picture at `url`, all of which is there."""
    image = Image.open(io.BytesIO(httpx.get(url, trust_env=False).raise_for_status().content))
    image.load()
    return image.width


@pytest.fixture
def store(system_on_s3):
    return system_on_s3[1]


@pytest.fixture
def pair(system_on_s3):
    system, _ = system_on_s3
    number = next(numbers)
    author = system.person(f"author{number}")
    reader = system.person(f"reader{number}")
    assert reader.post(f"/users/follow/author{number}").status_code == 200
    return author, reader


def test_while_the_store_is_down_posts_are_refused_and_afterwards_taken(store, pair):
    author, reader = pair
    store.break_with(faults.status(503))
    try:
        refused = author.publish(caption="too early")
        assert refused.status_code == 503
        assert int(refused.headers["Retry-After"]) > 0
        for path in ("/posts/timeline/", "/posts/", "/users/"):
            assert author.get(path).status_code == 200
        assert author.get("/posts/").json()["results"] == []
    finally:
        store.heal()

    posted = author.publish(caption="now")
    assert posted.status_code == 201
    eventually(lambda: reader.timeline() == [posted.json()["id"]], seconds=60)


@pytest.mark.parametrize("name", IN_SHORT)
def test_posts_that_were_taken_before_the_store_failed_appear_by_themselves(store, pair, name):
    author, reader = pair
    store.break_with(BROKEN[name], only=("PUT",), place="/public/")
    try:
        posted = author.publish(2, width=800, caption="in between")
        assert posted.status_code == 201
        before = len(store.seen)
        eventually(lambda: len(store.seen) > before, seconds=30)
        assert reader.timeline() == []
    finally:
        store.heal()

    post_id = posted.json()["id"]
    eventually(lambda: reader.timeline() == [post_id], seconds=90)
    for media in reader.get(f"/posts/{post_id}/").json()["media"]:
        assert {width(url) for url in media["renditions"].values()} == {320, 640, 800}
