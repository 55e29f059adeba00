"""A stored photo for every test of this folder."""

import pytest

from media import actions
from tests.media.uploads import jpeg, upload


@pytest.fixture
def media(alice):
    return actions.store_photo(owner=alice, file=upload(jpeg()))
