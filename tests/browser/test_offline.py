"""Y13: without a network the pages still open, and show what was kept."""

from playwright.sync_api import expect

from tests.browser.conftest import published


def test_the_feed_opens_without_a_network_and_says_so(browse, member):
    ada = member("ada")
    published(ada, caption="Kept for a rainy day")
    browser = browse(service_workers="allow")
    page = browser.log_in(ada.username)
    expect(page.get_by_text("Kept for a rainy day")).to_be_visible()
    page.wait_for_function("() => navigator.serviceWorker.controller !== null", timeout=30_000)
    page.reload()
    expect(page.get_by_text("Kept for a rainy day")).to_be_visible()
    page.wait_for_function("() => document.querySelector('.slide img')?.complete")

    with browser.trouble("ERR_INTERNET_DISCONNECTED", "Failed to fetch", "Failed to load"):
        browser.context.set_offline(True)
        page.goto(f"{browser.system.url}/feed")
        expect(page.get_by_text("You are offline.")).to_be_visible()
        expect(page.get_by_text("Kept for a rainy day")).to_be_visible()
        page.wait_for_function("() => document.querySelector('.slide img')?.naturalWidth > 0")
        browser.open("/search")
        expect(page.get_by_role("searchbox")).to_be_visible()
        browser.context.set_offline(False)
        browser.open("/feed")
        expect(page.get_by_text("You are offline.")).to_have_count(0)
        expect(page.get_by_text("You have seen everything.")).to_be_visible()


def test_a_like_that_does_not_arrive_is_taken_back(browse, member):
    ada = member("ada")
    post = published(ada)
    browser = browse()
    page = browser.log_in(ada.username)
    browser.open(f"/p/{post}")
    like = page.get_by_role("button", name="Like")
    expect(like).to_contain_text("0")

    page.route("**/like/", lambda route: route.abort())
    with browser.trouble("ERR_FAILED"):
        like.click()
        expect(page.locator(".toast")).to_contain_text("The server cannot be reached.")
        expect(like).to_have_attribute("aria-pressed", "false")
        expect(like).to_contain_text("0")


def test_a_list_that_did_not_come_can_be_asked_for_again(browse, member):
    browser = browse()
    page = browser.log_in(member("ada").username)
    page.route("**/posts/timeline/*", lambda route: route.abort())
    page.route("**/posts/timeline/", lambda route: route.abort())
    with browser.trouble("ERR_FAILED"):
        page.reload()
        expect(page.get_by_role("alert")).to_contain_text("The server cannot be reached.")
    page.unroute_all()
    page.get_by_role("button", name="Try again").click()
    expect(page.get_by_text("Your feed is empty.")).to_be_visible()
