"""The administrator's page about this server (D6, Y14)."""

import pytest
from django.contrib.admin.models import LogEntry
from django.test import Client

from instance.models import Site
from tests.conftest import PASSWORD

ADD, CHANGE = "/admin/instance/site/add/", "/admin/instance/site/1/change/"
FORM = {
    "name": "Harbour photos",
    "description": "Of ships.",
    "rules": "No planes.",
    "contact_email": "ada@example.org",
    "registrations_open": "on",
}


@pytest.fixture
def signed_in(person):
    def client(username, **fields):
        person(username, is_staff=True, **fields)
        browser = Client()
        assert browser.login(username=username, password=PASSWORD)
        return browser

    return client


def test_an_administrator_describes_the_server_once_and_changes_it_then(signed_in, guest):
    admin = signed_in("root", is_superuser=True)

    assert admin.post(ADD, FORM).status_code == 302
    assert guest.get("/instance").json()["name"] == "Harbour photos"
    assert admin.post(ADD, FORM).status_code == 403

    changed = {**FORM, "name": "Ships", "registrations_open": ""}
    assert admin.post(CHANGE, changed).status_code == 302
    told = guest.get("/instance").json()
    assert (told["name"], told["rules"]) == ("Ships", "No planes.")
    assert told["registrations_open"] is False
    assert Site.objects.count() == 1
    assert LogEntry.objects.count() == 2


def test_a_wrong_field_is_told_and_changes_nothing(signed_in):
    admin = signed_in("root", is_superuser=True)
    answer = admin.post(ADD, {**FORM, "contact_email": "nobody"})
    assert answer.status_code == 200
    assert "valid email" in answer.content.decode()
    assert not Site.objects.exists()


def test_a_moderator_reads_it_and_nobody_deletes_it(signed_in):
    Site.objects.create(pk=1, name="Harbour photos")
    moderator = signed_in("mo")

    assert "Harbour photos" in moderator.get(CHANGE).content.decode()
    assert moderator.post(CHANGE, {**FORM, "name": "Mine"}).status_code == 403
    for admin in (moderator, signed_in("root", is_superuser=True)):
        assert admin.post("/admin/instance/site/1/delete/", {"post": "yes"}).status_code == 403
    assert Site.objects.get().name == "Harbour photos"
