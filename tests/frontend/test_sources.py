"""The pages' own checks: shapes as the API has them, types, and tests of their logic (Y13)."""

import pytest

from embedded import frontend
from embedded.home import Home

pytestmark = pytest.mark.xdist_group("browser")  # one npm at a time


@pytest.mark.parametrize("script", ["check", "test"])
def test_the_pages_pass_their_own_checks(script):
    frontend.run(Home(), script)
