"""A client of threetography's surface, and what every refusal there looks like."""

from rest_framework.test import APIClient

from tests.conftest import PASSWORD

ADA = {"user": "Ada", "password": "poetical science"}
SHAPE = {"code", "detail", "fields", "reasonForFailure"}


def signed_in(user):
    """A client with a token of `/api/login`."""
    answer = APIClient().post("/api/login", {"user": user.username, "password": PASSWORD})
    assert answer.status_code == 200, answer.content
    client = APIClient()
    client.credentials(HTTP_AUTHORIZATION=f"Bearer {answer.json()['accessToken']}")
    return client


def upload(client, photo, **fields):
    return client.post("/api/upload", {"File": photo, **fields}, format="multipart")


def refused(answer, status, code):
    """The body of an error, which has a reason."""
    assert (answer.status_code, answer.json()["code"]) == (status, code), answer.content
    assert set(answer.json()) == SHAPE
    assert answer.json()["reasonForFailure"]
    return answer.json()
