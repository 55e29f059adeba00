"""Elasticsearch dead, frozen, busy, robbed of its index or read-only (Y8, Y11, Y12).

Whatever it is: requests are answered, posts go on, and soon after its return the index equals
the table.
"""

import itertools
import time

import httpx
import psycopg
import pytest

from embedded import elasticsearch
from tests.search.front import Front
from tests.system import eventually

ALIAS = "yafig-documents"
QUICK = {"SEARCH_SEND_SECONDS": "1", "SEARCH_SEND_TIMEOUT": "2"}
RETURN = 60.0  # seconds until the index equals the table again
numbers = itertools.count(1)


@pytest.fixture(scope="module")
def node(system, tmp_path_factory):
    """An Elasticsearch of its own for the whole system, to be killed."""
    folder = tmp_path_factory.mktemp("elasticsearch")
    with elasticsearch.Server(folder / "node", durable=False, heap="256m") as node:
        restart(system, node.url)
        yield node
        restart(system, "")


def restart(system, url):
    for part in (system.web, system.worker, system.beat):
        part.stop()
        part.env.update(QUICK, ELASTICSEARCH_URL=url)
    system.start_web()
    system.worker.start()
    system.beat.start()


@pytest.fixture
def author(system, node):
    author = system.person(f"searcher{next(numbers)}")
    eventually(lambda: differences(system, node) == set(), seconds=RETURN)
    return author


class Dead:
    def __init__(self, system, node):
        self.node = node
        node.kill()

    def mend(self):
        self.node.start()


class Frozen(Dead):
    def __init__(self, system, node):
        self.node = node
        node.pause()

    def mend(self):
        self.node.resume()


class Busy:
    """Every request is refused with 429, by what stands before it."""

    def __init__(self, system, node):
        self.system, self.node = system, node
        self.front = Front(node.url).__enter__()
        self.front.answer(429, b'{"error":{"type":"es_rejected_execution_exception"}}')
        restart(system, self.front.url)

    def mend(self):
        self.front.heal()

    def close(self):
        restart(self.system, self.node.url)
        self.front.__exit__()


class WithoutIndex:
    def __init__(self, system, node):
        (index,) = httpx.get(f"{node.url}/_alias/{ALIAS}").json()
        httpx.delete(f"{node.url}/{index}").raise_for_status()

    def mend(self):
        """Nobody does: the clock makes a new one."""


class ReadOnly:
    def __init__(self, system, node):
        self.node = node
        self.block(True)

    def block(self, is_on):
        settings = {"index.blocks.write": is_on or None}
        httpx.put(f"{self.node.url}/{ALIAS}/_settings", json=settings).raise_for_status()

    def mend(self):
        self.block(False)


@pytest.fixture
def broken(system, node):
    """Break it as told; in the end it is whole."""
    done = []

    def breaking(fault):
        done.append(fault(system, node))
        return done[0]

    yield breaking
    for fault in done:
        fault.mend()
        getattr(fault, "close", lambda: None)()


def word():
    """One that stands nowhere else, and is near to no other."""
    return "".join("bcdfghjklm"[int(digit)] * 3 for digit in f"{next(numbers):04}")


def published(author, caption):
    posted = author.publish(caption=caption)
    assert posted.status_code == 201, posted.text
    post_id = posted.json()["id"]
    eventually(
        lambda: author.get(f"/posts/{post_id}/").json()["state"] == "published", seconds=RETURN
    )
    return post_id


def search(author, text):
    """The posts that are found, whether that is degraded, and how long it took."""
    began = time.monotonic()
    answer = author.get("/search/query", params={"query": text, "type": "post"})
    seconds = time.monotonic() - began
    assert answer.status_code == 200, answer.text
    found = answer.json()
    return [each["post"]["id"] for each in found["results"]], found["degraded"], seconds


def is_found(author, text, post_id, *, degraded):
    return search(author, text)[:2] == ([post_id], degraded)


def differences(system, node):
    """What is in the table or in the index, and not in both in the same version."""
    with psycopg.connect(system.env["DATABASE_URL"]) as connection:
        rows = connection.execute("SELECT kind || ':' || key, version FROM search_document")
        table = set(rows.fetchall())
    httpx.post(f"{node.url}/{ALIAS}/_refresh")
    asked = {"size": 10_000, "version": True, "_source": False}
    answer = httpx.post(f"{node.url}/{ALIAS}/_search", json=asked)
    if answer.status_code != 200:
        return {answer.text}
    index = {(hit["_id"], hit["_version"]) for hit in answer.json()["hits"]["hits"]}
    return table ^ index


@pytest.mark.parametrize("fault", [Dead, Frozen, Busy, WithoutIndex])
def test_while_it_is_away_postgres_answers_and_posts_go_on(system, node, author, broken, fault):
    before, during, gone = word(), word(), word()
    first, third = published(author, before), published(author, gone)
    eventually(lambda: is_found(author, before, first, degraded=False), seconds=RETURN)
    eventually(lambda: is_found(author, gone, third, degraded=False), seconds=RETURN)

    fault = broken(fault)
    second = published(author, during)
    assert author.delete(f"/posts/{third}/").status_code == 204
    assert httpx.get(f"{system.url}/readyz").status_code == 200
    for text, found in ((before, [first]), (during, [second]), (gone, [])):
        eventually(lambda text=text, found=found: search(author, text)[0] == found, seconds=RETURN)
        _, is_degraded, seconds = search(author, text)
        assert is_degraded or isinstance(fault, WithoutIndex)  # perhaps made anew already
        assert seconds < 2.0
    fault.mend()

    eventually(lambda: differences(system, node) == set(), seconds=RETURN)
    eventually(lambda: is_found(author, during, second, degraded=False), seconds=RETURN)
    assert is_found(author, before, first, degraded=False)
    assert search(author, gone)[0] == []


def test_of_a_read_only_index_the_old_is_found_and_the_new_when_it_can_be_written(
    system, node, author, broken
):
    before, during, gone = word(), word(), word()
    first, third = published(author, before), published(author, gone)
    eventually(lambda: is_found(author, gone, third, degraded=False), seconds=RETURN)
    eventually(lambda: is_found(author, before, first, degraded=False), seconds=RETURN)

    fault = broken(ReadOnly)
    second = published(author, during)
    assert author.delete(f"/posts/{third}/").status_code == 204
    assert search(author, before)[0] == [first]
    assert search(author, gone)[0] == []  # still in the index, and shown to nobody
    fault.mend()

    eventually(lambda: is_found(author, during, second, degraded=False), seconds=RETURN)
    eventually(lambda: differences(system, node) == set(), seconds=RETURN)


def test_a_frozen_one_costs_no_request_much_after_the_first(system, node, author, broken):
    text = word()
    post_id = published(author, text)
    eventually(lambda: is_found(author, text, post_id, degraded=False), seconds=RETURN)
    broken(Frozen)

    times = sorted(search(author, text)[2] for _ in range(12))

    assert times[len(times) // 2] < 0.4  # most have not waited for it
    assert times[-1] < 2.0
