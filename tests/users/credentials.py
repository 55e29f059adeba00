"""What tests do with tokens by hand."""

import jwt
from rest_framework.test import APIClient


def claims_of(token):
    """What a token says, believed as it stands."""
    return jwt.decode(token, options={"verify_signature": False})


def bearer(token):
    """A client that sends `token`, whatever it is."""
    client = APIClient()
    client.credentials(HTTP_AUTHORIZATION=f"Bearer {token}")
    return client


def status(pair):
    """Of the two tokens of a session: what each still opens."""
    spent = APIClient().post("/users/refresh", {"refresh": pair["refresh"]})
    return bearer(pair["access"]).get("/users").status_code, spent.status_code
