"""Y7, Y13: drafts and scheduled posts: made, changed, planned, published, deleted."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import published
from tests.browser.test_upload import uploading
from tests.system import eventually

TOKYO = "Asia/Tokyo"
MINUTES = "%Y-%m-%dT%H:%M"


def drafts(client):
    return client.get("/posts/drafts/").json()["results"]


@pytest.fixture
def draft(photo):
    """Keep a draft of two pictures, by the API."""

    def make(client, **fields):
        content = photo().read_bytes()
        files = [("images", (f"{n}.jpg", content, "image/jpeg")) for n in range(2)]
        sent = {"draft": "true", "caption": "Low tide", "alt_texts": ["one", "two"], **fields}
        answer = client.post("/posts/", data=sent, files=files)
        assert answer.status_code == 201, answer.text
        return answer.json()

    return make


def test_a_draft_is_kept_on_the_server_changed_and_published(browse, member, photo):
    ada = member("ada")
    page = uploading(browse(), ada, [photo("a.jpg"), photo("b.jpg")])
    page.get_by_label("What does picture 1 show?").fill("first")
    page.get_by_label("What does picture 2 show?").fill("second")
    page.get_by_label("Caption").fill("Low tide #harbour")
    page.get_by_text("My followers").click()
    page.get_by_role("button", name="Save as a draft").click()
    page.wait_for_url("**/drafts")
    card = page.get_by_role("article", name="Low tide #harbour")
    expect(card).to_be_visible()
    assert ada.get(f"/users/{ada.username}/posts/").json()["results"] == []

    card.get_by_role("link", name="Edit").click()
    page.wait_for_url("**/drafts/*")
    expect(page.get_by_label("Caption")).to_have_value("Low tide #harbour")
    expect(page.get_by_label("My followers")).to_be_checked()
    page.get_by_label("Caption").fill("High tide #harbour")
    page.get_by_role("button", name="Move picture 2 forward").click()
    page.get_by_label("Add photos").set_input_files([photo("c.jpg", width=300, height=300)])
    page.get_by_label("What does picture 3 show?").fill("third")
    page.get_by_role("button", name="Save as a draft").click()
    page.wait_for_url("**/drafts")
    (kept,) = drafts(ada)
    assert [each["alt_text"] for each in kept["media"]] == ["second", "first", "third"]
    assert (kept["caption"], kept["tags"]) == ("High tide #harbour", ["harbour"])
    assert kept["visibility"] == "followers"

    card = page.get_by_role("article", name="High tide #harbour")
    card.get_by_role("button", name="Publish now").click()
    page.wait_for_url(f"**/p/{kept['id']}")
    expect(page.get_by_text("High tide")).to_be_visible()
    assert drafts(ada) == []


def test_a_post_is_scheduled_in_one_s_own_zone_rescheduled_and_called_off(browse, member, photo):
    ada = member("ada")
    there = datetime.now(ZoneInfo(TOKYO)).replace(second=0, microsecond=0)
    first, second = there + timedelta(days=1), there + timedelta(days=2)
    page = uploading(browse(timezone_id=TOKYO), ada, [photo()])
    page.get_by_label("Caption").fill("Tomorrow")
    page.get_by_role("button", name="Publish later").click()
    expect(page.get_by_text("In your time, Asia/Tokyo.")).to_be_visible()
    page.get_by_label("Publish at").fill(first.strftime(MINUTES))
    page.get_by_role("button", name="Schedule").click()
    page.wait_for_url("**/drafts")
    card = page.get_by_role("article", name="Tomorrow")
    expect(card).to_contain_text("Will be published on")
    expect(card).to_contain_text(f"{first:%-I:%M}")
    assert datetime.fromisoformat(drafts(ada)[0]["publish_at"]) == first

    card.get_by_role("link", name="Change").click()
    expect(page.get_by_label("Publish at")).to_have_value(first.strftime(MINUTES))
    page.get_by_label("Publish at").fill(second.strftime(MINUTES))
    page.get_by_role("button", name="Schedule").click()
    page.wait_for_url("**/drafts")
    assert datetime.fromisoformat(drafts(ada)[0]["publish_at"]) == second

    page.get_by_role("article", name="Tomorrow").get_by_role(
        "button", name="Cancel the time"
    ).click()
    expect(page.locator(".toast").last).to_contain_text("It stays a draft")
    assert drafts(ada)[0]["publish_at"] is None


def test_a_time_that_is_over_is_refused_and_nothing_changes(browse, member, draft):
    ada = member("ada")
    kept = draft(ada)
    browser = browse()
    page = browser.log_in(ada.username)
    browser.open(f"/drafts/{kept['id']}")
    page.get_by_label("Caption").fill("Yesterday")
    page.get_by_role("button", name="Publish later").click()
    when = page.get_by_label("Publish at")
    when.evaluate("(field) => field.removeAttribute('min')")  # as browsers that do not know it
    when.fill((datetime.now(UTC) - timedelta(days=2)).strftime(MINUTES))

    with browser.trouble("400"):
        page.get_by_role("button", name="Schedule").click()
        expect(page.get_by_text("This time is over.")).to_be_visible()
    assert drafts(ada)[0]["caption"] == "Low tide"
    assert drafts(ada)[0]["publish_at"] is None


def test_the_clock_publishes_what_was_scheduled(browse, member, draft):
    ada = member("ada")
    kept = draft(ada)
    soon = (datetime.now(UTC) + timedelta(seconds=2)).isoformat()
    assert ada.patch(f"/posts/{kept['id']}/", json={"publish_at": soon}).status_code == 200
    eventually(lambda: not drafts(ada), seconds=60)
    browser = browse()
    page = browser.log_in(ada.username)

    browser.open("/drafts")
    expect(page.get_by_text("No drafts.")).to_be_visible()
    browser.open(f"/drafts/{kept['id']}")
    expect(page.get_by_text("Nothing here")).to_be_visible()


def test_a_draft_is_deleted_after_a_question(browse, member, draft):
    ada = member("ada")
    draft(ada)
    browser = browse()
    page = browser.log_in(ada.username)
    browser.open("/drafts")
    card = page.get_by_role("article", name="Low tide")
    card.get_by_role("button", name="Delete").click()
    page.get_by_role("alertdialog").get_by_role("button", name="Cancel").click()
    assert len(drafts(ada)) == 1

    card.get_by_role("button", name="Delete").click()
    page.get_by_role("alertdialog").get_by_role("button", name="Delete").click()
    expect(page.get_by_text("No drafts.")).to_be_visible()
    assert drafts(ada) == []


def test_a_draft_of_somebody_else_and_what_is_published_are_nothing_here(browse, member, draft):
    ada, ben = member("ada"), member("ben")
    foreign, own = draft(ada)["id"], published(ben)
    browser = browse()
    page = browser.log_in(ben.username)
    with browser.trouble("404"):
        for path in (f"/drafts/{foreign}", f"/drafts/{own}", "/drafts/x"):
            browser.open(path)
            expect(page.get_by_text("Nothing here")).to_be_visible()
    assert len(drafts(ada)) == 1
