"""The stage of the search tests: a real Elasticsearch for those that ask, and documents to find."""

import os

import pytest
from django.conf import settings as configured
from elasticsearch import Elasticsearch

from search import elasticsearch, postgres, rebuilding, sending, tasks
from tests.search.found import many
from tests.search.shelves import Shelf


@pytest.fixture(scope="session")
def _elasticsearch_prefix():
    """What the names of this worker process begin with."""
    if not configured.TEST_ELASTICSEARCH_URL:
        pytest.fail("These tests need Elasticsearch: run them by `make test`, which starts one.")
    worker = os.environ.get("PYTEST_XDIST_WORKER", "gw0")
    return f"test-{worker}-"


@pytest.fixture
def node(_elasticsearch_prefix, settings):
    """Elasticsearch, with nothing of this worker's in it; a plain client to look into it."""
    settings.ELASTICSEARCH_URL = configured.TEST_ELASTICSEARCH_URL
    settings.ELASTICSEARCH_PREFIX = _elasticsearch_prefix
    settings.SEARCH_TIMEOUT = settings.SEARCH_SEND_TIMEOUT = 20.0  # a busy machine is no failure
    elasticsearch.reset()
    with Elasticsearch(configured.TEST_ELASTICSEARCH_URL, request_timeout=30) as client:
        _remove_all(client, _elasticsearch_prefix)  # of a run that was killed
        yield client
        _remove_all(client, _elasticsearch_prefix)
    elasticsearch.reset()


@pytest.fixture
def elasticsearch_engine(node):
    """The module `search.elasticsearch`, with an empty index that serves."""
    elasticsearch.serve(elasticsearch.create_index())
    return elasticsearch


@pytest.fixture
def old(elasticsearch_engine):
    """The name of the index that serves at the beginning."""
    return elasticsearch_engine.serving()


@pytest.fixture
def posts(alice, old):
    """More than a batch of posts of alice's, each sent and found."""
    made = many(alice, rebuilding.BATCH + 20)
    tasks.index_posts_of(user_id=alice.pk)
    tasks.index_person(user_id=alice.pk)
    sending.send_unsent()
    return made


@pytest.fixture(params=["postgres", "elasticsearch"])
def shelf(request, db, settings):
    """Documents for each of the engines in turn: what uses it runs on both."""
    if request.param == "elasticsearch":
        return Shelf(request.getfixturevalue("elasticsearch_engine"))
    settings.SEARCH_TIMEOUT = 20.0  # a busy machine is no failure
    return Shelf(postgres)


def _remove_all(client, prefix):
    names = client.indices.get_alias(index=f"{prefix}*", expand_wildcards="all")
    if names:
        client.indices.delete(index=",".join(names))
