"""Copies of documents in a real Elasticsearch: what it takes, keeps, and never makes by itself.

Late and doubled copies never put back what is gone (Y8, Y11); a swap of indexes has no gap (Y12).
"""

import threading
from datetime import UTC, datetime

import pytest
from elasticsearch import BadRequestError

from search import elasticsearch
from search.elasticsearch import mapping
from search.models import Document
from search.questions import EngineUnavailable, Question, Reach

EVERY_KIND = ("post", "user", "tag")
NOBODY = Reach()
EMPTY = {"kind": "post", "key": "1", "gone": True}


def document(key, version, *, kind="post", **fields):
    return Document(kind=kind, key=str(key), version=version, **{"title": "sunset", **fields})


def tombstone(key, version):
    return document(key, version, title="", gone_at=datetime.now(UTC))


def send(*documents, index=None):
    index = index or elasticsearch.alias()
    sent = elasticsearch.send(documents, [index])
    elasticsearch.refresh(index)
    return sent


def found(*words):
    hits = elasticsearch.find(Question(words=words), NOBODY, kinds=EVERY_KIND, limit=100).hits
    return {hit.key for each in hits.values() for hit in each}


def title(node, key, index=None):
    return node.get(index=index or elasticsearch.alias(), id=f"post:{key}")["_source"]["post"][
        "title"
    ]


def test_an_index_knows_its_fields_and_refuses_others(elasticsearch_engine, node):
    index = elasticsearch.serving()
    before = node.indices.get_mapping(index=index)[index]["mappings"]

    assert before["dynamic"] == "strict"
    assert before["properties"].keys() == mapping.mappings()["properties"].keys()
    for kind in EVERY_KIND:
        of_kind = before["properties"][kind]["properties"]
        assert {each["analyzer"] for each in of_kind.values()} == {"whitespace"}
        for name in ("title", "text", "names", "tags"):
            assert of_kind[name]["index_prefixes"] == {"min_chars": 1, "max_chars": 5}
    for unknown in ({"caption": "sunset"}, {"post": {"caption": "sunset"}}):
        with pytest.raises(BadRequestError, match="strict_dynamic_mapping_exception"):
            node.index(index=index, document=unknown)
    assert node.indices.get_mapping(index=index)[index]["mappings"] == before


def test_an_index_shows_what_is_new_within_a_second_also_when_nobody_asks(node, settings):
    settings.ELASTICSEARCH_SHARDS = 2
    settings.ELASTICSEARCH_REPLICAS = 1

    index = elasticsearch.create_index()

    kept = node.indices.get_settings(index=index)[index]["settings"]["index"]
    assert kept["refresh_interval"] == "1s"  # unset, an idle shard shows nothing new at first
    assert (kept["number_of_shards"], kept["number_of_replicas"]) == ("2", "1")


def test_the_embedded_node_says_which_product_it_is(node):
    """The client asks nothing for it: it looks for a header in the first good answer."""
    assert node.cluster.health().meta.headers["X-Elastic-Product"] == "Elasticsearch"


def test_every_field_of_a_document_arrives(elasticsearch_engine, node):
    moment = datetime(2026, 7, 1, 12, 0, 0, 123_456, tzinfo=UTC)
    words = {"title": "red sunset", "text": "the sea", "names": "ada lovelace", "tags": ["sea"]}
    more = {"has": ["alt"], "author_id": 7, "audience": "followers"}

    send(document(1, 5, published_at=moment, as_of=moment, **words, **more))

    copy = node.get(index=elasticsearch.alias(), id="post:1")
    assert copy["_version"] == 5
    at = 1_782_907_200_123_456
    stored = {**more, "author_id": "7", "published_at": at, "as_of": at}
    assert copy["_source"] == {"kind": "post", "key": "1", "gone": False, "post": words, **stored}


def test_an_older_version_never_replaces_a_newer_one(elasticsearch_engine, node):
    send(document(1, 5, title="newer"))

    sent = send(document(1, 4, title="older"))

    assert sent.arrived == {4}  # or rather a newer one: nothing is left to be done
    assert title(node, 1) == "newer"
    assert elasticsearch.versions([document(1, 0)], elasticsearch.alias()) == {("post", "1"): 5}


def test_the_same_version_again_changes_nothing(elasticsearch_engine, node):
    for _ in range(2):
        assert send(document(1, 5)).arrived == {5}

    assert title(node, 1) == "sunset"
    assert elasticsearch.versions([document(1, 0)], elasticsearch.alias()) == {("post", "1"): 5}


def test_what_is_gone_stays_gone_whatever_comes_late(elasticsearch_engine, node):
    """Y8: late and doubled copies."""
    send(document(1, 5))
    assert found("sunset") == {"1"}

    send(tombstone(1, 6))
    send(document(1, 5))
    send(document(1, 4))

    assert found("sunset") == set()
    assert node.get(index=elasticsearch.alias(), id="post:1")["_source"] == EMPTY


def test_what_came_back_is_found_again(elasticsearch_engine):
    send(tombstone(1, 6))
    send(document(1, 7))

    assert found("sunset") == {"1"}


def test_a_document_that_is_refused_does_not_hold_back_the_others(elasticsearch_engine):
    immense = "x" * 40_000  # no word of ours, and no keyword of Elasticsearch

    sent = send(document(1, 1), document(2, 2, audience=immense), document(3, 3))

    assert sent.arrived == {1, 3}
    assert list(sent.refused) == [2]
    assert sent.refused[2].startswith("document_parsing_exception: ")
    assert "xxx" not in sent.refused[2]
    assert found("sunset") == {"1", "3"}


def test_a_document_has_arrived_when_it_is_in_every_index(elasticsearch_engine, node):
    new = elasticsearch.create_index()
    node.indices.put_settings(index=new, settings={"index.blocks.write": True})

    with pytest.raises(EngineUnavailable, match="blocked"):
        elasticsearch.send([document(1, 1)], [elasticsearch.alias(), new])

    node.indices.put_settings(index=new, settings={"index.blocks.write": None})
    both = [elasticsearch.alias(), new]
    assert elasticsearch.send([document(1, 1)], both).arrived == {1}
    assert title(node, 1) == title(node, 1, new) == "sunset"


def test_many_and_large_documents_go_in_parts(elasticsearch_engine):
    many = [document(number, number, title="x" * 3_000) for number in range(1, 2_501)]

    sent = send(*many)

    assert sent.arrived == set(range(1, 2_501))
    index = elasticsearch.alias()
    assert elasticsearch.versions(many, index) == {("post", d.key): d.version for d in many}


def test_nothing_is_sent_when_there_is_nothing(elasticsearch_engine):
    assert elasticsearch.send([], [elasticsearch.alias()]).arrived == set()
    assert elasticsearch.versions([], elasticsearch.alias()) == {}
    assert elasticsearch.find(Question(), NOBODY, kinds=(), limit=5).hits == {}
    assert elasticsearch.complete((), NOBODY, kinds=("tag",), limit=5).hits == {"tag": []}


def test_no_index_comes_into_being_by_writing_to_it(node):
    lost = elasticsearch.create_index()
    elasticsearch.delete_index(lost)

    for index in (lost, elasticsearch.alias()):
        with pytest.raises(elasticsearch.IndexMissing):
            elasticsearch.send([document(1, 1)], [index])
        with pytest.raises(elasticsearch.IndexMissing):
            elasticsearch.delete([document(1, 1)], [index])
        with pytest.raises(elasticsearch.IndexMissing):
            elasticsearch.versions([document(1, 1)], index)
        with pytest.raises(elasticsearch.IndexMissing):
            elasticsearch.copies_after(None, index, limit=1)
        with pytest.raises(elasticsearch.IndexMissing):
            elasticsearch.refresh(index)
    assert elasticsearch.index_names() == []
    assert elasticsearch.serving() is None
    with pytest.raises(elasticsearch.IndexMissing):
        elasticsearch.serve(lost)
    with pytest.raises(EngineUnavailable):
        found("sunset")


def test_an_index_is_removed_once_and_only_ours(elasticsearch_engine, node):
    (index,) = elasticsearch.index_names()
    elasticsearch.delete_index(index)
    elasticsearch.delete_index(index)

    assert elasticsearch.index_names() == []
    for other in ("*", "_all", f"{elasticsearch.alias()}-*", elasticsearch.alias(), "sales"):
        with pytest.raises(ValueError, match="not an index of documents"):
            elasticsearch.delete_index(other)


def test_a_swept_copy_goes_unless_a_newer_one_is_there(elasticsearch_engine):
    send(tombstone(1, 5), tombstone(2, 6), document(2, 7), document(3, 8))

    done = elasticsearch.delete(
        [elasticsearch.Copy("post", "1", 5), tombstone(2, 6), elasticsearch.Copy("post", "9", 9)],
        [elasticsearch.alias()],
    )

    assert done == {5, 6, 9}
    elasticsearch.refresh(elasticsearch.alias())
    left = elasticsearch.copies_after(None, elasticsearch.alias(), limit=10)
    assert [(copy.key, copy.version) for copy in left] == [("2", 7), ("3", 8)]


def test_all_copies_are_listed_in_batches(elasticsearch_engine):
    for kind in EVERY_KIND:
        send(*(document(key, version, kind=kind) for version, key in enumerate("bcaé", 1)))

    listed, last = [], None
    while batch := elasticsearch.copies_after(last, elasticsearch.alias(), limit=5):
        listed += batch
        last = batch[-1]

    assert [(copy.kind, copy.key) for copy in listed] == [
        (kind, key) for kind in ("post", "tag", "user") for key in "abcé"
    ]
    assert [copy.version for copy in listed[:4]] == [3, 1, 2, 4]


def test_a_key_of_any_length_has_a_copy(elasticsearch_engine):
    keys = ["🌅" * 200, "🌅" * 199 + "x"]  # 800 bytes; an id of Elasticsearch has 512
    tags = [document(key, version, kind="tag") for version, key in enumerate(keys, 1)]

    send(*tags)

    assert found("sunset") == set(keys)
    assert set(elasticsearch.versions(tags, elasticsearch.alias()).values()) == {1, 2}
    assert elasticsearch.delete(tags, [elasticsearch.alias()]) == {1, 2}


def test_no_question_falls_between_two_indexes(elasticsearch_engine):
    """Y12: a rebuild leaves no gap."""
    (old,) = elasticsearch.index_names()
    new = elasticsearch.create_index()
    for index in (old, new):
        send(document(1, 1), index=index)
    answers, stop = [], threading.Event()

    def ask():
        while not stop.is_set():
            answers.append(found("sunset"))

    threads = [threading.Thread(target=ask) for _ in range(3)]
    for thread in threads:
        thread.start()
    for index in [new, old] * 5:
        elasticsearch.serve(index)
        assert elasticsearch.serving() == index
    stop.set()
    for thread in threads:
        thread.join()

    assert len(answers) >= 3
    assert all(answer == {"1"} for answer in answers)
    assert elasticsearch.index_names() == [old, new]
