"""`/docs` and the file beside it (D2)."""

import re
from pathlib import Path

import pytest
from django.contrib.staticfiles import finders

from config import documents


@pytest.mark.parametrize("path", ["/docs", "/docs/"])
def test_the_page_answers_with_and_without_the_slash(guest, path):
    answer = guest.get(path)
    assert answer.status_code == 200
    assert answer["Content-Type"] == "text/html; charset=utf-8"


def test_everything_that_the_page_loads_is_served_by_us(guest):
    page = guest.get("/docs").content.decode()
    loaded = re.findall(r"<(?:script|link)[^>]+(?:src|href)=\"([^\"]+)\"", page)
    assert len(loaded) == 5
    for address in loaded:
        assert address.startswith("/static/")
        assert finders.find(address.removeprefix("/static/")), address


def test_the_page_may_load_and_send_nothing_elsewhere(guest):
    policy = guest.get("/docs")["Content-Security-Policy"]
    assert policy.startswith("default-src 'none'")
    assert "http" not in policy
    assert "script-src 'self';" in policy
    assert "connect-src 'self';" in policy
    assert "frame-ancestors 'none'" in policy


def test_no_script_stands_in_the_page_itself(guest):
    page = guest.get("/docs").content.decode()
    assert re.findall(r"<script[^>]*>([^<]+)</script>", page) == []
    assert not re.search(r"\son\w+=", page)


def test_the_page_shows_the_schema_and_asks_for_name_and_password(guest):
    page = guest.get("/docs").content.decode()
    assert 'data-schema="/docs/swagger.json"' in page
    assert 'name="username"' in page
    assert 'name="password" type="password"' in page


def test_the_form_logs_in_by_addresses_that_exist(guest):
    found = finders.find("docs/page.js")
    assert found
    script = Path(found).read_text()
    addresses = set(re.findall(r'send\("([^"]+)"', script))
    assert addresses == {"/users/login", "/users/refresh", "/users/logout"}
    for address in addresses:
        assert f"{address}/" in documents.document()["paths"]


def test_the_schema_is_a_file_for_every_program(guest):
    answer = guest.get("/docs/swagger.json")
    assert answer.status_code == 200
    assert answer["Content-Type"] == "application/json"
    assert answer["Access-Control-Allow-Origin"] == "*"
    assert answer.json() == documents.document()
