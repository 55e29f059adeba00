"""Y13: nothing moves while a page comes, and nothing is wider than a phone, in German neither."""

import pytest

from tests.browser.conftest import published
from tests.conftest import PASSWORD

ALLOWED = 0.02  # of what a page may shift in all, where 0.1 counts as good
SHIFTS = """
window.shifted = 0
new PerformanceObserver((list) => {
  for (const each of list.getEntries()) window.shifted += each.value
}).observe({ type: 'layout-shift', buffered: true })
"""
COME = """() => !document.querySelector('.ghost') && document.querySelector('main h1')
  && [...document.querySelectorAll('main .picture img')].some((each) => each.complete)"""
WIDE = {"width": 1440, "height": 900}
SLOW = {"offline": False, "latency": 150, "downloadThroughput": 200_000, "uploadThroughput": 90_000}


@pytest.fixture
def place(member):
    ada, ben = member("ada"), member("ben")
    ada.patch(f"/users/{ada.username}", json={"bio": "Boats, and what floats beside them."})
    ada.shown = published(ada, caption="Low tide", alt_texts="The harbour")
    for text in ("What a light!", "Save me a place.", "I know where this is.", "Again?"):
        ben.post(f"/posts/{ada.shown}/comments/", json={"text": text})
    ben.post(f"/posts/{ada.shown}/like/")
    ada.post("/tags/harbour/follow/")
    return ada


@pytest.mark.parametrize("viewport", [None, WIDE], ids=["phone", "wide"])
def test_nothing_moves_while_a_profile_or_a_post_comes(browse, place, viewport):
    browser = browse(**({"viewport": viewport} if viewport else {}))
    browser.log_in(place.username)
    browser.context.add_init_script(SHIFTS)
    for path in (f"/u/{place.username}", f"/p/{place.shown}"):
        page = browser.context.new_page()
        session = browser.context.new_cdp_session(page)
        session.send("Network.enable")
        session.send("Network.setCacheDisabled", {"cacheDisabled": True})
        session.send("Network.emulateNetworkConditions", SLOW)
        session.send("Emulation.setCPUThrottlingRate", {"rate": 4})
        browser.open(path, page)
        page.wait_for_function(COME)
        assert page.evaluate("window.shifted") < ALLOWED, path
        page.close()


@pytest.mark.parametrize("locale", ["en-GB", "de-DE"])
def test_nothing_is_wider_than_a_phone(browse, place, locale):
    for _ in range(21):  # more devices than a page of them
        told = place.post("/users/login/", json={"username": place.username, "password": PASSWORD})
        assert told.status_code == 200, told.text
    browser = browse(locale=locale)
    page = browser.open("/login")
    page.locator("input[autocomplete=username]").fill(place.username)
    page.locator("input[autocomplete=current-password]").fill(PASSWORD)
    page.locator("form .button.main").click()
    page.wait_for_url("**/feed")
    paths = ["/feed", "/search", "/upload", "/explore", "/saved", "/settings", "/drafts"]
    for path in (*paths, f"/u/{place.username}", f"/p/{place.shown}"):
        browser.open(path)
        page.wait_for_function("() => document.querySelector('main h1, main h2')")
        page.wait_for_function("() => !document.querySelector('.ghost')")
        wider = "document.documentElement.scrollWidth - document.body.clientWidth"
        assert page.evaluate(wider) <= 0, path
