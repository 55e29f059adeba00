"""Y13, D5: staying signed in without noticing, and being signed out everywhere at once."""

import re

from playwright.sync_api import expect

from tests.browser.conftest import go_to, published
from tests.conftest import PASSWORD


def test_a_reload_and_a_new_tab_stay_signed_in(browse, member):
    ada = member("ada")
    browser = browse()
    page = browser.log_in(ada.username)

    page.reload()
    expect(page.get_by_role("link", name="Profile")).to_have_attribute("href", f"/u/{ada.username}")
    tab = browser.open("/settings", browser.context.new_page())
    expect(tab.get_by_text(f"{ada.username}@example.org")).to_be_visible()


def test_no_script_can_read_what_keeps_a_person_signed_in(browse, member):
    browser = browse()
    page = browser.log_in(member("ada").username)

    (cookie,) = browser.context.cookies(f"{browser.system.url}/users/")
    assert (cookie["httpOnly"], cookie["sameSite"], cookie["path"]) == (True, "Strict", "/users/")
    seen = page.evaluate(
        "document.cookie + JSON.stringify(localStorage) + JSON.stringify(sessionStorage)"
    )
    assert cookie["value"] not in seen
    assert not re.search(r"eyJ[\w-]+\.", seen)


def test_an_old_token_is_renewed_once_however_many_ask(browse, member):
    ada = member("ada")
    published(ada)
    browser = browse()
    browser.page.clock.install()
    page = browser.log_in(ada.username)
    expect(page.get_by_role("article").first).to_be_visible()
    asked = []
    page.on("request", lambda request: asked.append(request))

    page.clock.fast_forward("09:50")
    go_to(page, "Settings")
    expect(page.get_by_text("This device")).to_be_visible()
    expect(page.get_by_text("Nobody is asking.")).to_be_visible()

    authorised = [each for each in asked if "authorization" in each.headers]
    assert len(authorised) >= 4
    assert sum(each.url.endswith("/users/refresh/") for each in asked) == 1
    assert len({each.headers["authorization"] for each in authorised}) == 1


def test_a_token_that_the_server_refuses_is_renewed_and_the_request_sent_again(browse, member):
    ada = member("ada")
    post = published(ada)
    browser = browse()
    page = browser.log_in(ada.username)
    browser.open(f"/p/{post}")
    like = page.get_by_role("button", name="Like")
    expect(like).to_be_enabled()

    refused: list[object] = []

    def refuse_once(route):
        if refused:
            return route.fallback()
        refused.append(route.request)
        body = '{"code": "token_not_valid", "detail": "", "fields": {}}'
        return route.fulfill(status=401, content_type="application/json", body=body)

    page.route("**/like/", refuse_once)
    with browser.trouble("401"):
        with page.expect_response(lambda answer: answer.url.endswith("/like/") and answer.ok):
            like.click()
        page.reload()
    assert len(refused) == 1
    expect(like).to_have_attribute("aria-pressed", "true")


def test_reloading_again_and_again_ends_nothing(browse, member):
    browser = browse()
    page = browser.log_in(member("ada").username)

    for _ in range(6):
        page.goto(f"{browser.system.url}/feed", wait_until="commit")
        page.wait_for_timeout(60)  # leaves in the middle of the first answers

    expect(page.get_by_text("Your feed is empty.")).to_be_visible()
    browser.complaints.clear()  # requests that were cut off


def test_a_session_that_was_ended_elsewhere_leads_to_logging_in_and_back(browse, member):
    ada = member("ada")
    browser = browse()
    page = browser.log_in(ada.username)
    expect(page.get_by_text("Your feed is empty.")).to_be_visible()
    ada.delete("/users/sessions/")  # all but the API's own

    with browser.trouble("401"):
        go_to(page, "Settings")
        expect(page.get_by_text("You were signed out.")).to_be_visible()
    page.get_by_label("Username or e-mail").fill(ada.username)
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="Log in").click()
    page.wait_for_url(f"{browser.system.url}/settings")


def test_logging_out_in_one_tab_is_logging_out_in_all(browse, member):
    ada = member("ada")
    published(ada)
    browser = browse()
    page = browser.log_in(ada.username)
    tab = browser.open("/upload", browser.context.new_page())
    expect(tab.get_by_role("heading", name="New post")).to_be_visible()

    go_to(page, "Settings")
    page.get_by_role("button", name="Log out").click()

    for each in (page, tab):
        each.wait_for_url("**/login")
    assert browser.context.cookies(f"{browser.system.url}/users/") == []
    kept = page.evaluate(
        """new Promise((done) => { const open = indexedDB.open('yafig');
        open.onsuccess = () => { const all = open.result.transaction('kept').objectStore('kept')
        .getAllKeys(); all.onsuccess = () => done(all.result) } })"""
    )
    assert set(kept) <= {"instance"}  # what is the same for everybody


def test_logging_in_in_one_tab_is_logging_in_in_all(browse, member):
    ada = member("ada")
    browser = browse()
    tab = browser.open("/login", browser.context.new_page())
    expect(tab.get_by_role("heading", name="Log in")).to_be_visible()

    browser.log_in(ada.username)

    tab.wait_for_url("**/feed")


def test_where_to_go_after_logging_in_is_a_page_of_ours(browse, member):
    browser = browse()
    page = browser.open("/login?next=//elsewhere.example/")
    page.get_by_label("Username or e-mail").fill(member("ada").username)
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="Log in").click()
    page.wait_for_url(f"{browser.system.url}/feed")
