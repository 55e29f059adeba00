"""Y13 L3 L6 L8: finding more: explore, tags, what one has saved, and the way there."""

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import go_to, published
from tests.system import eventually


@pytest.fixture
def people(member):
    """Ben follows Ada, who follows Cyd and has reacted to a post of Cyd's with a tag."""
    ada, ben, cyd = member("ada"), member("ben"), member("cyd")
    ben.post(f"/users/follow/{ada.username}")
    ada.post(f"/users/follow/{cyd.username}")
    cyd.tag = f"tide{cyd.username.removeprefix('cyd')}"
    cyd.shown = published(cyd, caption="High tide", tags=cyd.tag)
    ada.post(f"/posts/{cyd.shown}/like/")
    return ada, ben, cyd


def renewed(system):
    """Recommendations are found by the clock; here at once."""
    system.manage("shell", "-c", "from recommendations.tasks import make_shelves; make_shelves()")


def saved(client, collection=None):
    params = {"collection": collection} if collection else {}
    return [each["id"] for each in client.get("/posts/saved/", params=params).json()["results"]]


def names(client):
    return [each["name"] for each in client.get("/posts/collections/").json()["results"]]


def test_explore_says_why(browse, system, people):  # L8
    ada, ben, cyd = people
    renewed(system)
    page = browse().log_in(ben.username)
    page.get_by_role("link", name="Explore").click()
    page.wait_for_url("**/explore")
    pick = page.locator(f"a[href='/p/{cyd.shown}']")
    expect(pick).to_contain_text(f"{ada.username} reacted to this")
    card = page.locator(".who").filter(has_text=cyd.username)
    card.get_by_role("button", name="Follow").click()
    expect(card.get_by_role("button", name="Following")).to_be_visible()
    eventually(lambda: ben.get(f"/users/{cyd.username}/").json()["viewer"]["follows"])
    pick.click()
    page.wait_for_url(f"**/p/{cyd.shown}")


def test_guests_explore_too(browse, system, people):  # L8
    *_, cyd = people
    renewed(system)
    browser = browse()
    page = browser.open("/")
    page.get_by_role("link", name="Explore").click()
    pick = page.locator(f"a[href='/p/{cyd.shown}']")
    expect(pick).to_contain_text("People here like this")
    browser.open("/saved")
    page.wait_for_url("**/login?next=/saved")


def test_a_tag_is_followed_and_brings_its_posts_into_the_feed(browse, people):  # L3
    _, ben, cyd = people
    other = published(cyd, caption="Spring tide", tags=cyd.tag)
    browser = browse()
    page = browser.log_in(ben.username)
    browser.open(f"/tags/{cyd.tag.upper()}")
    expect(page.get_by_role("status").filter(has_text="2 posts")).to_be_visible()
    walls = page.locator(".tile a")
    expect(walls.first).to_have_attribute("href", f"/p/{other}")
    page.get_by_text("Top", exact=True).click()
    expect(walls.first).to_have_attribute("href", f"/p/{cyd.shown}")
    page.get_by_role("button", name="Follow the tag").click()
    expect(page.get_by_role("button", name="Following the tag")).to_be_visible()
    eventually(lambda: ben.get(f"/tags/{cyd.tag}/").json()["is_followed"])

    go_to(page, "Settings")
    page.get_by_label("Show followed tags in my feed").check()
    eventually(lambda: ben.get("/users/").json()["shows_followed_tags"])
    page.get_by_role("link", name="Feed").click()
    expect(page.get_by_text("Spring tide")).to_be_visible()

    go_to(page, "Settings")
    page.get_by_role("button", name=f"Unfollow #{cyd.tag}").click()
    expect(page.get_by_text("You follow no tag.")).to_be_visible()
    eventually(lambda: not ben.get(f"/tags/{cyd.tag}/").json()["is_followed"])


def test_a_follow_of_a_tag_that_does_not_arrive_is_taken_back(browse, people):  # L3
    _, ben, cyd = people
    browser = browse()
    page = browser.log_in(ben.username)
    browser.open(f"/tags/{cyd.tag}")
    page.route("**/follow/", lambda route: route.abort())
    with browser.trouble("ERR_FAILED"):
        page.get_by_role("button", name="Follow the tag").click()
        expect(page.locator(".toast")).to_contain_text("The server cannot be reached.")
    expect(page.get_by_role("button", name="Follow the tag")).to_be_visible()
    assert not ben.get(f"/tags/{cyd.tag}/").json()["is_followed"]


def test_collections_are_made_named_ordered_and_deleted(browse, people):  # L6
    _, ben, _ = people
    ben.post("/posts/collections/", json={"name": "Sea"})
    page = browse().log_in(ben.username)
    go_to(page, "Saved")
    page.get_by_role("button", name="New collection").click()
    dialog = page.get_by_role("dialog", name="New collection")
    dialog.get_by_label("Name of the collection").fill("Boats")
    dialog.get_by_role("button", name="Save").click()
    options = page.get_by_role("button", name="Options for “Boats”")
    options.click()
    page.get_by_role("menuitem", name="Rename").click()
    dialog = page.get_by_role("dialog", name="Rename")
    dialog.get_by_label("Name of the collection").fill("Ships")
    dialog.get_by_role("button", name="Save").click()
    page.get_by_role("button", name="Options for “Ships”").click()
    page.get_by_role("menuitem", name="Move forward").click()
    expect(page.locator(".collections .name")).to_have_text(["Ships", "Sea"])
    eventually(lambda: names(ben) == ["Ships", "Sea"])

    page.get_by_role("button", name="Options for “Sea”").click()
    page.get_by_role("menuitem", name="Delete the collection").click()
    page.get_by_role("alertdialog").get_by_role("button", name="Delete").click()
    expect(page.locator(".collections .name")).to_have_text(["Ships"])
    eventually(lambda: names(ben) == ["Ships"])


def test_a_name_that_is_taken_is_refused(browse, people):  # L6
    _, ben, _ = people
    ben.post("/posts/collections/", json={"name": "Sea"})
    browser = browse()
    page = browser.log_in(ben.username)
    go_to(page, "Saved")
    page.get_by_role("button", name="New collection").click()
    page.get_by_label("Name of the collection").fill("SEA")
    with browser.trouble("400"):
        page.get_by_role("dialog").get_by_role("button", name="Save").click()
        expect(page.get_by_role("dialog")).to_contain_text("You have a collection of this name")
    assert names(ben) == ["Sea"]


def test_a_post_is_moved_in_and_out_and_is_the_cover(browse, people):  # L6
    _, ben, cyd = people
    sea, boats = (
        ben.post("/posts/collections/", json={"name": name}).json()["id"]
        for name in ("Sea", "Boats")
    )
    ben.post(f"/posts/{cyd.shown}/save/", json={"collection": sea})
    browser = browse()
    page = browser.log_in(ben.username)
    go_to(page, "Saved")
    page.get_by_role("link", name="Sea", exact=True).click()
    options = page.get_by_role("button", name="Options for the saved post")
    options.click()
    page.get_by_role("menuitem", name="Make it the cover").click()
    expect(page.locator(".toast").last).to_contain_text("Saved.")
    options.click()
    page.get_by_role("menuitem", name="To another collection").click()
    page.get_by_role("dialog").get_by_role("button", name="Boats").click()
    expect(page.get_by_text("This collection is empty.")).to_be_visible()
    assert (saved(ben, sea), saved(ben, boats)) == ([], [cyd.shown])

    browser.open(f"/saved?collection={boats}")
    options.click()
    page.get_by_role("menuitem", name="Take out of the collection").click()
    expect(page.get_by_text("This collection is empty.")).to_be_visible()
    assert (saved(ben, boats), saved(ben)) == ([], [cyd.shown])


def test_what_one_reacted_to_and_passed_on_is_listed(browse, people):  # L6
    ada, ben, cyd = people
    ada.post(f"/posts/{cyd.shown}/repost/")
    browser = browse()
    page = browser.log_in(ada.username)
    tile = page.locator(f"a[href='/p/{cyd.shown}']")
    go_to(page, "Saved")
    for name in ("Reacted", "Reposts"):
        page.get_by_role("link", name=name).click()
        expect(tile).to_be_visible()
    page.get_by_role("link", name="Mentions").click()
    expect(page.get_by_text("No post mentions you yet.")).to_be_visible()

    bens = browse()
    b = bens.log_in(ben.username)
    bens.open(f"/u/{ada.username}")
    b.get_by_role("link", name="Reposts").click()
    expect(b.locator(f"a[href='/p/{cyd.shown}']")).to_be_visible()
    b.go_back()
    expect(b.get_by_text("No posts yet.")).to_be_visible()


def test_every_place_is_reached_on_a_phone_and_on_a_wide_screen(browse, people):
    _, ben, _ = people
    page = browse().log_in(ben.username)
    bar = page.get_by_role("navigation", name="Main")
    expect(bar.get_by_role("link")).to_have_count(5)
    for name in ("Saved", "Settings"):
        go_to(page, name)
        expect(page.get_by_role("heading", name=name, level=1)).to_be_visible()
    wide = browse(viewport={"width": 1440, "height": 900})
    page = wide.log_in(ben.username)
    for name in ("Explore", "Saved", "Settings"):
        page.get_by_role("navigation", name="Main").get_by_role("link", name=name).click()
        expect(page.get_by_role("heading", name=name, level=1)).to_be_visible()
    expect(page.get_by_role("button", name="Menu")).to_have_count(0)
