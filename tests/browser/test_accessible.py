"""Y13: every screen in light and dark without a finding of axe's, and by the keyboard alone."""

from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests import pictures
from tests.browser.conftest import published
from tests.conftest import PASSWORD

AXE = Path(__file__).parents[2] / "frontend" / "node_modules" / "axe-core" / "axe.min.js"
SETTLED = "() => !document.querySelector('.ghost') && document.getAnimations().length === 0"
WIDE = {"width": 1440, "height": 900}


def findings(page):
    """What axe finds, once nothing moves any more."""
    page.wait_for_function(SETTLED)
    page.evaluate(AXE.read_text())
    found = page.evaluate("axe.run(document, { resultTypes: ['violations'] })")
    return [
        f"{each['id']}: {node['html'][:160]} {node['failureSummary'][:200]}"
        for each in found["violations"]
        for node in each["nodes"]
    ]


@pytest.fixture
def place(member):
    """Ada with an album, a comment, a follower, a request and somebody muted."""
    ada, ben, eve = member("ada"), member("ben"), member("eve")
    post = published(
        ada, count=2, caption="Low tide #harbour", tags="harbour", alt_texts="The harbour"
    )
    ben.post(f"/users/follow/{ada.username}")
    ben.post(f"/posts/{post}/comments/", json={"text": "What a light!"})
    ada.patch(f"/users/{ada.username}", json={"bio": "Boats.", "website": "https://example.org"})
    ada.post(f"/users/mute/{ben.username}")
    ada.post(f"/users/block/{eve.username}")
    content = pictures.picture(400, 300)
    files = {"images": ("a.jpg", content, "image/jpeg")}
    ada.draft = ada.post("/posts/", data={"draft": "true"}, files=files).json()["id"]
    hanging = {"file": ("a.jpg", content, "image/jpeg")}
    ada.put(f"/users/{ada.username}/showcase/one/?wait=20", data={"alt_text": "Sea"}, files=hanging)
    ada.post("/tags/harbour/follow/")
    ada.post(f"/posts/{post}/like/")
    ada.collection = ada.post("/posts/collections/", json={"name": "Sea"}).json()["id"]
    ada.post(f"/posts/{post}/save/", json={"collection": ada.collection})
    ada.shown = post
    return ada


GUESTS = [
    *("/", "/login", "/register", "/reset", "/reset?token=x"),
    *("/search", "/explore", "/tags/harbour", "/nowhere"),
]
MEMBERS = [
    *("/feed", "/p/{post}", "/u/{ada}", "/u/{ada}/followers", "/u/{ada}/following"),
    *("/search?q=harbour", "/tags/harbour", "/upload", "/settings", "/activate?token=x"),
    *("/explore", "/saved", "/saved?collection={collection}", "/saved?list=reacted"),
    *("/u/{ada}?tab=reposts", "/drafts", "/drafts/{draft}"),
]


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("viewport", [None, WIDE], ids=["phone", "wide"])
def test_axe_finds_nothing(browse, place, scheme, viewport):
    options = {"color_scheme": scheme, **({"viewport": viewport} if viewport else {})}
    guest, member = browse(**options), browse(**options)
    member.log_in(place.username)
    found = {}
    for browser, paths in ((guest, GUESTS), (member, MEMBERS)):
        with browser.trouble("404", "400"):
            for path in paths:
                page = browser.open(
                    path.format(
                        post=place.shown,
                        ada=place.username,
                        draft=place.draft,
                        collection=place.collection,
                    )
                )
                expect(page.locator("h1, h2").first).to_be_attached()
                page.wait_for_load_state("networkidle")
                found[path] = findings(page)
    assert {path: each for path, each in found.items() if each} == {}


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_in_menus_dialogs_and_drafts(browse, place, photo, scheme):
    browser = browse(color_scheme=scheme)
    page = browser.log_in(place.username)
    found = {}
    browser.open(f"/p/{place.shown}")
    page.get_by_role("button", name="More options").click()
    expect(page.get_by_role("menuitem", name="Edit")).to_be_visible()
    found["menu"] = findings(page)
    page.get_by_role("menuitem", name="Edit").click()
    expect(page.get_by_role("dialog")).to_be_visible()
    found["edit"] = findings(page)
    page.keyboard.press("Escape")
    page.get_by_role("button", name="More options").click()
    page.get_by_role("menuitem", name="Delete").click()
    expect(page.get_by_role("alertdialog")).to_be_visible()
    found["delete"] = findings(page)
    page.keyboard.press("Escape")
    found |= findings_of_reactions(page)
    browser.open("/upload")
    page.get_by_label("Choose photos").set_input_files([photo("a.jpg"), photo("b.jpg")])
    expect(page.locator(".tile")).to_have_count(2)
    page.get_by_role("button", name="Publish later").click()
    found["draft"] = findings(page)
    page.get_by_role("button", name="Crop picture 1").click()
    expect(page.get_by_role("dialog").locator("canvas")).to_be_attached()
    found["crop"] = findings(page)
    page.keyboard.press("Escape")
    browser.open(f"/u/{place.username}")
    page.get_by_role("button", name="Sea").click()
    expect(page.get_by_role("dialog")).to_be_visible()
    found["showcase"] = findings(page)
    guest = browse(color_scheme=scheme).open("/register")
    guest.get_by_role("button", name="With a code instead").click()
    found["sign-up"] = findings(guest)
    guest.get_by_label("E-mail").fill(f"new.{place.username}@example.org")
    guest.get_by_role("button", name="Send the code").click()
    expect(guest.get_by_label("Code", exact=True)).to_be_visible()
    found["code"] = findings(guest)
    assert {name: each for name, each in found.items() if each} == {}


def findings_of_reactions(page):
    """Of the emoji, of who reacted, and of the collections."""
    found = {}
    page.get_by_role("button", name="React", exact=True).click()
    expect(page.get_by_role("button", name="🔥")).to_be_visible()
    found["react"] = findings(page)
    page.get_by_role("button", name="Any emoji").click()
    expect(page.get_by_role("button", name="grinning face", exact=True)).to_be_visible()
    found["emoji"] = findings(page)
    page.keyboard.press("Escape")
    page.get_by_role("button", name="1 reaction").click()
    expect(page.get_by_role("dialog").locator("li")).to_have_count(1)
    found["who"] = findings(page)
    page.keyboard.press("Escape")
    page.get_by_role("button", name="More options").click()
    page.get_by_role("menuitem", name="Save to a collection").click()
    expect(page.get_by_role("dialog").get_by_label("New collection")).to_be_visible()
    found["collections"] = findings(page)
    page.keyboard.press("Escape")
    return found


def tab_to(page, name, most=40, *, exact=False):
    """Press Tab until what is called `name` has the focus."""
    for _ in range(most):
        page.keyboard.press("Tab")
        told = page.evaluate(
            """(({ ariaLabel, labels, textContent }) => `${ariaLabel ?? ''}|${
            labels?.[0]?.textContent ?? textContent}`)(document.activeElement)"""
        )
        texts = [each.strip() for each in told.split("|")]
        if name in texts or (not exact and any(each.startswith(name) for each in texts)):
            return
    raise AssertionError(f"Tab never reached {name}")


def test_the_main_job_by_the_keyboard_alone(browse, member, place, photo):
    ben = member("ben")
    browser = browse()
    page = browser.open("/login")
    tab_to(page, "Username or e-mail")
    page.keyboard.type(ben.username)
    tab_to(page, "Password")
    page.keyboard.type(PASSWORD)
    page.keyboard.press("Enter")
    page.wait_for_url("**/feed")

    expect(page.locator("main")).to_be_focused()
    browser.open("/feed")
    expect(page.get_by_text("Your feed is empty.")).to_be_visible()
    # To the content past the menu, to the search, to Ada, and follow her.
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Skip to the content")).to_be_focused()
    tab_to(page, "Search")
    page.keyboard.press("Enter")
    page.wait_for_url("**/search")
    tab_to(page, "Search for pictures")
    page.keyboard.type(place.username)
    expect(page.get_by_role("link", name=f"@{place.username}")).to_be_visible()
    tab_to(page, place.username, exact=True)
    page.keyboard.press("Enter")
    page.wait_for_url(f"**/u/{place.username}")
    expect(page.get_by_role("button", name="Follow", exact=True)).to_be_visible()
    tab_to(page, "Follow", exact=True)
    page.keyboard.press("Enter")
    expect(page.get_by_role("button", name="Following")).to_be_visible()

    like_and_comment(browser, page, ben, place)


def like_and_comment(browser, page, ben, place):
    """Like her picture, say something, and take that back by the menu."""
    browser.open(f"/p/{place.shown}")
    expect(page.get_by_role("button", name="Like")).to_be_enabled()
    tab_to(page, "Like")
    page.keyboard.press("Enter")
    expect(page.get_by_role("button", name="Like")).to_have_attribute("aria-pressed", "true")
    tab_to(page, "Comment")
    page.keyboard.type("Fine!")
    page.keyboard.press("Control+Enter")
    expect(page.get_by_text("Fine!")).to_be_visible()
    page.keyboard.press("Shift+Tab")
    expect(
        page.get_by_role("button", name=f"Options for the comment of {ben.username}")
    ).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.get_by_role("menuitem", name="Edit")).to_be_visible()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("End")
    page.keyboard.press("Enter")
    expect(page.get_by_role("alertdialog")).to_be_visible()
    tab_to(page, "Delete", most=4)
    page.keyboard.press("Enter")
    expect(page.get_by_text("Fine!")).to_have_count(0)


def test_everything_that_has_the_focus_shows_it(browse, place):
    browser = browse()
    page = browser.log_in(place.username)
    expect(page.get_by_role("article").first).to_be_visible()
    for _ in range(14):
        page.keyboard.press("Tab")
        assert page.evaluate(
            "getComputedStyle(document.activeElement).outlineStyle !== 'none' || "
            "document.activeElement === document.body"
        ), page.evaluate("document.activeElement.outerHTML.slice(0, 200)")


def test_whoever_wants_less_motion_gets_none(browse, place):
    browser = browse(reduced_motion="reduce")
    page = browser.log_in(place.username)
    card = page.get_by_role("article").first
    expect(card).to_be_visible()
    card.get_by_role("button", name="Like").click()
    longest = page.evaluate(
        "Math.max(0, ...document.getAnimations().map((each) => each.effect.getTiming().duration))"
    )
    assert longest < 1


def test_colours_and_language_are_the_system_s_until_they_are_chosen(browse, place):
    browser = browse(color_scheme="dark", locale="de-AT")
    page = browser.open("/login")
    expect(page.get_by_role("heading", name="Anmelden")).to_be_visible()
    expect(page.locator("html")).to_have_attribute("lang", "de")
    dark = paper(page)
    page.get_by_label("Benutzername oder E-Mail").fill(place.username)
    page.get_by_label("Passwort", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="Anmelden").click()
    page.wait_for_url("**/feed")
    browser.open("/settings")
    page.get_by_label("Hell").check()
    page.get_by_label("English").check()
    expect(page.get_by_role("heading", name="Settings", exact=True)).to_be_visible()
    page.reload()
    expect(page.get_by_role("heading", name="Settings", exact=True)).to_be_visible()
    light = paper(page)
    assert light != dark
    page.get_by_label("Dark").check()
    page.emulate_media(color_scheme="light")
    assert paper(page) == dark
    page.get_by_label("As the device").check()
    assert paper(page) == light


def paper(page):
    return page.evaluate("getComputedStyle(document.body).backgroundColor")
