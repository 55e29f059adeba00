"""The door to Elasticsearch: whatever is wrong behind it, callers know in time (Y8, Y11).

Before the real node stands a server that fails as it is told to.
"""

import threading
import time

import pytest

from search import elasticsearch
from search.elasticsearch import door
from search.models import Document
from search.questions import EngineUnavailable, Found, Question, Reach
from tests.racing import at_once
from tests.search.front import PRODUCT, TYPE, Front

QUESTION = Question(words=("sunset",))
# Of 127.0.0.1, signed by itself, until 2126; it guards nothing.
CERTIFICATE = """\
-----BEGIN PRIVATE KEY-----
MIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQQgTxJYl/Ifykm8vjF+
OsNaLbgYNSTAcpOjvhUN7k5N2eWhRANCAATEK5TWotazIf1K0/5DVJPcyXKwLIQT
g9a23uK/rwkI7GsoqjPwFdApIiDWvnmHKnlt8NomKu+6dN8+kfkJkE7Y
-----END PRIVATE KEY-----
-----BEGIN CERTIFICATE-----
MIIBmzCCAUGgAwIBAgIUBGNJBb8Y4XUuTxiQsnTXnXmewwwwCgYIKoZIzj0EAwIw
FDESMBAGA1UEAwwJbG9jYWxob3N0MCAXDTI2MTEyMTE0MDk1OVoYDzIxMjYxMDI4
MTQwOTU5WjAUMRIwEAYDVQQDDAlsb2NhbGhvc3QwWTATBgcqhkjOPQIBBggqhkjO
PQMBBwNCAATEK5TWotazIf1K0/5DVJPcyXKwLIQTg9a23uK/rwkI7GsoqjPwFdAp
IiDWvnmHKnlt8NomKu+6dN8+kfkJkE7Yo28wbTAdBgNVHQ4EFgQUP9my3uUDM0ff
Gr2b5ScV1X6YWmUwHwYDVR0jBBgwFoAUP9my3uUDM0ffGr2b5ScV1X6YWmUwDwYD
VR0TAQH/BAUwAwEB/zAaBgNVHREEEzARgglsb2NhbGhvc3SHBH8AAAEwCgYIKoZI
zj0EAwIDSAAwRQIhAIl8lD9EreTtBeJrGPb+N70uAGOauaFJ7A08/wiZ6TWbAiAO
ht/nrjLC1TtqPtQLAGWu297kVB5yG5jUfQ1hxM4wdw==
-----END CERTIFICATE-----
"""


@pytest.fixture
def front(elasticsearch_engine, node, settings):
    """Before an Elasticsearch with one post in it; whatever failed is tried again at once."""
    document = Document(kind="post", key="1", version=1, title="sunset")
    elasticsearch.send([document], [elasticsearch.alias()])
    elasticsearch.refresh(elasticsearch.alias())
    with Front(settings.ELASTICSEARCH_URL) as front:
        settings.ELASTICSEARCH_URL = front.url
        settings.SEARCH_PAUSE = 0.0
        yield front


@pytest.fixture
def certified(tmp_path):
    path = tmp_path / "certificate.pem"
    path.write_text(CERTIFICATE)
    return path


def find() -> Found:
    return elasticsearch.find(QUESTION, Reach(), kinds=("post",), limit=10)


def is_found():
    return [hit.key for hit in find().hits["post"]] == ["1"]


def send():
    document = Document(kind="post", key="2", version=2, title="moon")
    return elasticsearch.send([document], [elasticsearch.alias()])


FAULTS = {
    "busy": lambda front: front.answer(429, b'{"error":{"type":"es_rejected_execution"}}'),
    "broken": lambda front: front.answer(500),
    "starting": lambda front: front.answer(503, b"starting", (("Content-Type", "text/plain"),)),
    "strange": lambda front: front.answer(200, b"<html>", (PRODUCT, ("Content-Type", "text/html"))),
    "unknown": lambda front: front.answer(200, b"x", (PRODUCT, ("Content-Type", "image/x"))),
    "locked": lambda front: front.answer(401, b'{"error":{"type":"security_exception"}}'),
    "forbidden": lambda front: front.answer(403, b'{"error":{"type":"security_exception"}}'),
    "cut JSON": lambda front: front.answer(200, b'{"responses":[{"hits":'),
    "empty": lambda front: front.answer(200, b""),
    "other JSON": lambda front: front.answer(200, b'{"responses":[{"hits":7}],"items":[{}]}'),
    "a list": lambda front: front.answer(200, b"[1, 2]"),
    "no answers": lambda front: front.answer(200, b'{"responses":[],"items":[]}'),
    "another product": lambda front: front.answer(200, b'{"responses":[{}]}', (TYPE,)),
    "hung up": lambda front: front.cut(),
}


@pytest.mark.parametrize("fault", FAULTS)
def test_whatever_is_wrong_is_told_as_one_thing_and_passes(front, fault):
    FAULTS[fault](front)

    for ask in (find, send):
        with pytest.raises(EngineUnavailable):
            ask()
    assert not elasticsearch.answers()

    front.heal()
    elasticsearch_at_once()
    assert is_found()
    assert send().arrived == {2}
    assert elasticsearch.answers()


def elasticsearch_at_once():
    """As if the pause of the workers were over."""
    door.work.reset()


def test_a_part_of_the_answer_is_none(front):
    parts = [
        b'{"responses":[{"timed_out":true,"status":200,"hits":{"hits":[]}}]}',
        b'{"responses":[{"error":{"type":"search_phase_execution_exception",'
        b'"reason":"all shards failed"},"status":503}]}',
        b'{"responses":[{"error":{"type":"index_not_found_exception","reason":"no such index"},'
        b'"status":404}]}',
    ]
    for part in parts:
        front.answer(200, part)
        with pytest.raises(EngineUnavailable):
            find()


def test_a_frozen_one_costs_one_time_limit_in_a_pause_not_one_a_call(front, settings):
    """At first it may be three: they could have been dear questions."""
    settings.SEARCH_TIMEOUT, settings.SEARCH_PAUSE = 0.4, 3.0
    assert is_found()
    front.freeze()
    front.requests.clear()

    began = time.monotonic()
    for _ in range(50):
        with pytest.raises(EngineUnavailable):
            find()

    assert time.monotonic() - began < 10.0  # 50 limits would be 20 seconds
    assert len(front.requests) == 3
    time.sleep(3.1)
    for _ in range(10):
        with pytest.raises(EngineUnavailable):
            find()
    assert len(front.requests) == 4


def test_one_dear_question_takes_the_engine_from_nobody(front, settings):
    settings.SEARCH_TIMEOUT, settings.SEARCH_PAUSE = 0.5, 60.0
    for _ in range(3):
        front.freeze()
        with pytest.raises(EngineUnavailable):
            find()
        front.heal()
        settings.SEARCH_TIMEOUT = 20.0
        assert is_found()
        settings.SEARCH_TIMEOUT = 0.5


def test_many_at_once_wait_beside_each_other_for_a_frozen_one(front, settings):
    settings.SEARCH_TIMEOUT, settings.SEARCH_PAUSE = 0.5, 60.0
    assert is_found()
    front.freeze()
    count = 40

    def ask():
        with pytest.raises(EngineUnavailable):
            find()

    began = time.monotonic()
    at_once(*[ask] * count)

    assert time.monotonic() - began < count * 0.5 / 3


def test_after_a_rest_one_tries_and_the_others_are_still_sent_away(front, settings):
    settings.SEARCH_PAUSE = 0.2
    front.answer(503)
    with pytest.raises(EngineUnavailable):
        find()
    time.sleep(0.25)
    front.freeze()
    front.requests.clear()

    outcomes = []
    probe = threading.Thread(target=lambda: outcomes.append(is_found()))
    probe.start()
    while not front.requests:
        time.sleep(0.01)
    for _ in range(20):
        with pytest.raises(EngineUnavailable, match="moments ago"):
            find()
    front.heal()
    probe.join()

    assert len(front.requests) == 1
    assert outcomes == [True]
    assert is_found()


def test_a_try_that_fails_is_followed_by_another_rest(front, settings):
    settings.SEARCH_PAUSE = 0.2
    front.answer(503)
    front.requests.clear()
    for number in range(1, 4):
        for _ in range(10):
            with pytest.raises(EngineUnavailable):
                find()
        assert len(front.requests) == number
        time.sleep(0.25)

    front.heal()
    assert is_found()


def test_a_question_that_is_a_mistake_takes_the_engine_from_nobody(front, settings):
    settings.SEARCH_PAUSE = 60.0
    front.answer(400, b'{"error":{"type":"parsing_exception"}}')
    with pytest.raises(EngineUnavailable):
        find()
    front.heal()

    assert is_found()


def test_workers_may_build_an_index_as_soon_as_it_is_missing(front, settings):
    settings.SEARCH_PAUSE = 60.0
    served = elasticsearch.serving()
    assert served
    elasticsearch.delete_index(served)

    with pytest.raises(elasticsearch.IndexMissing):
        send()
    elasticsearch.serve(elasticsearch.create_index())

    assert send().arrived == {2}


def test_a_worker_and_a_request_do_not_close_each_others_door(front, settings):
    settings.SEARCH_PAUSE = 60.0
    front.answer(503)
    with pytest.raises(EngineUnavailable):
        send()
    front.heal()

    assert is_found()
    with pytest.raises(EngineUnavailable, match="moments ago"):
        send()


def test_nothing_is_tried_twice(front):
    front.answer(503)
    front.requests.clear()
    with pytest.raises(EngineUnavailable):
        find()
    with pytest.raises(EngineUnavailable):
        send()

    assert [path for _, path in front.requests] == ["/_msearch", "/_bulk"]


def test_one_request_for_all_kinds_and_no_other(front):
    front.requests.clear()

    elasticsearch.find(QUESTION, Reach(), kinds=("post", "user", "tag"), limit=10)

    assert front.requests == [("POST", "/_msearch")]


def test_user_and_password_come_from_the_address(front, settings):
    settings.ELASTICSEARCH_URL = front.url.replace("//", "//yafig:p%40ss%2Fword@")

    assert is_found()

    assert front.headers["Authorization"] == "Basic eWFmaWc6cEBzcy93b3Jk"


def test_a_key_goes_before_a_password(front, settings):
    settings.ELASTICSEARCH_URL = front.url.replace("//", "//yafig:password@")
    settings.ELASTICSEARCH_API_KEY = "c2VjcmV0"

    assert is_found()

    assert front.headers["Authorization"] == "ApiKey c2VjcmV0"


def test_a_certificate_is_looked_at_and_may_be_signed_by_ones_own(front, settings, certified):
    with Front(front.behind, certificate=certified) as secret:
        settings.ELASTICSEARCH_URL = secret.url
        with pytest.raises(EngineUnavailable, match="Tls"):
            find()
        assert secret.requests == []

        settings.ELASTICSEARCH_CA_CERTS = str(certified)
        assert is_found()


def test_a_server_may_be_behind_a_path(front, settings):
    settings.ELASTICSEARCH_URL = f"{front.url}/search/engine/"

    with pytest.raises(EngineUnavailable):
        find()

    assert front.requests[-1] == ("POST", "/search/engine/_msearch")


@pytest.mark.parametrize(
    "address",
    ["http://[", "localhost:9200", "ftp://localhost", "http://", "http://localhost:99999", "//"],
)
def test_an_address_that_is_none_makes_nothing_fail(front, settings, address):
    settings.ELASTICSEARCH_URL = address

    with pytest.raises(EngineUnavailable):
        find()


def test_a_certificate_that_is_not_there_makes_nothing_fail(front, settings):
    settings.ELASTICSEARCH_URL = "https://127.0.0.1:1"
    settings.ELASTICSEARCH_CA_CERTS = "/nowhere.pem"

    with pytest.raises(EngineUnavailable):
        find()


def test_a_password_is_in_no_message(front, settings, caplog):
    caplog.set_level("INFO")
    for address in ("http://yafig:secret-word@[", "http://yafig:secret-word@127.0.0.1:1"):
        settings.ELASTICSEARCH_URL = address
        door.questions.reset()
        with pytest.raises(EngineUnavailable) as refusal:
            find()
        assert "secret-word" not in repr(refusal.value)
    assert "elasticsearch.unavailable" in caplog.text
    assert "secret-word" not in caplog.text
