"""The stage of the fault tests: one system for all of them, in one worker process of the suite."""

import os

import pytest

from tests.media.stores import bucket_of_this_worker  # noqa: F401
from tests.system import System, fresh_database


@pytest.hookimpl(tryfirst=True)  # before xdist looks, also when this folder alone is asked for
def pytest_collection_modifyitems(items):
    for item in items:
        if "tests/faults/" in item.nodeid:
            item.add_marker(pytest.mark.xdist_group("faults"))


@pytest.fixture(scope="session")
def system(tmp_path_factory):
    folder = tmp_path_factory.mktemp("system")
    with System(folder, fresh_database(os.environ["DATABASE_URL"], "yafig_faults")) as running:
        yield running


@pytest.fixture(autouse=True)
def _healthy(system):
    """Whatever a test did, the next one finds every part running."""
    yield
    system.redis.resume()
    system.redis.start()
    system.start_web()
    system.worker.start()
    system.beat.start()
