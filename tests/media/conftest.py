"""A stored photo for every test of this folder."""

import pytest

from media.actions import receiving
from tests.media.differing import move, picture  # noqa: F401
from tests.media.sending import api, begin  # noqa: F401
from tests.media.stores import bucket, bucket_of_this_worker, http, store  # noqa: F401
from tests.media.uploads import jpeg, upload


@pytest.fixture
def media(alice):
    return receiving.store_photo(owner=alice, file=upload(jpeg()))
