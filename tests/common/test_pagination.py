"""Cursors (D7): opaque, exact to the microsecond, and a 400 when they are not ours."""

import base64
from datetime import UTC, datetime

import pytest
from rest_framework.exceptions import ValidationError
from rest_framework.request import Request
from rest_framework.test import APIRequestFactory

from common.pagination import Moment, page_size


def asking(**query):
    return Request(APIRequestFactory().get("/posts/timeline/", query))


@pytest.mark.parametrize("newer", [True, False])
def test_a_cursor_comes_back_as_it_went(newer):
    moment = Moment(datetime(2026, 5, 1, 12, 0, 0, 123456, tzinfo=UTC), 42, newer)

    assert Moment.of(asking(cursor=moment.encode())) == moment


def test_a_link_keeps_the_rest_of_the_address_and_is_on_the_name_of_the_site(settings):
    settings.SITE_URL = "https://photos.example.org"
    link = Moment(datetime(2026, 1, 1, tzinfo=UTC), 1).link(asking(limit=5, cursor="old"))

    assert link.startswith("https://photos.example.org/posts/timeline/?")
    assert "limit=5" in link
    assert link.count("cursor=") == 1


@pytest.mark.parametrize(
    "text", ["x", "o", "o1", "o1.", "oa.b", "n1.99999999999999999999", f"o{10**30}.1", "o1.1\x00"]
)
def test_a_cursor_of_somebody_else_is_a_400(text):
    for sent in (text, base64.urlsafe_b64encode(text.encode()).decode()):
        with pytest.raises(ValidationError):
            Moment.of(asking(cursor=sent))


@pytest.mark.parametrize(("sent", "size"), [("1", 1), ("100", 100), ("101", 100), ("9" * 9, 100)])
def test_a_limit_is_kept_to_the_largest_page(sent, size):
    assert page_size(asking(limit=sent)) == size


@pytest.mark.parametrize("sent", ["0", "-1", "ten", "1.5", "", "9" * 40, "٣"])
def test_a_limit_that_is_no_number_is_a_400(sent):
    with pytest.raises(ValidationError):
        page_size(asking(limit=sent))
