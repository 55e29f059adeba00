"""Signing in by a token, for the tests of users."""

import pytest
from rest_framework.test import APIClient

from tests.conftest import PASSWORD
from users.actions.sessions import Device, sign_in


@pytest.fixture
def pair_of():
    """`{access, refresh}` of a new session: `pair_of(alice)`."""

    def make(user, password=PASSWORD):
        return sign_in(name_or_email=user.username, password=password, device=Device())

    return make


@pytest.fixture
def bearing():
    """A client that sends an access token: `bearing(pair)`."""

    def client(pair):
        api = APIClient()
        api.credentials(HTTP_AUTHORIZATION=f"Bearer {pair['access']}")
        return api

    return client
