"""Y13 L4 L6: reacting, reposting and saving, as people do it, and taken back on a refusal."""

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import published
from tests.system import eventually

DEAD = "net::ERR_FAILED"


@pytest.fixture
def people(member):
    """Ben and Cyd, who follows Ben; Ada, whom Ben follows, with a post."""
    ada, ben, cyd = member("ada"), member("ben"), member("cyd")
    ben.post(f"/users/follow/{ada.username}")
    cyd.post(f"/users/follow/{ben.username}")
    ada.shown = published(ada, caption="Low tide")
    return ada, ben, cyd


def card_of(page, person):
    return page.get_by_role("article", name=f"Post by {person.username}")


def told(client, post):
    return client.get(f"/posts/{post}/").json()


def test_a_reaction_is_replaced_by_any_emoji_and_taken_back(browse, people):  # L4
    ada, ben, _ = people
    page = browse().log_in(ben.username)
    card = card_of(page, ada)
    card.get_by_role("button", name="React", exact=True).click()
    page.get_by_role("button", name="🔥").click()
    mine = card.get_by_role("button", name="Your reaction: 🔥")
    expect(mine).to_have_attribute("aria-pressed", "true")
    expect(mine).to_contain_text("1")

    card.get_by_role("button", name="React", exact=True).click()
    page.get_by_role("button", name="Any emoji").click()
    page.get_by_label("Find or type an emoji").fill("rocket")
    page.get_by_role("button", name="rocket", exact=True).click()
    expect(card.get_by_role("button", name="Your reaction: 🚀")).to_contain_text("1")

    card.get_by_role("button", name="1 reaction").click()
    dialog = page.get_by_role("dialog", name="Who reacted")
    dialog.locator("label", has_text="🚀").click()
    expect(dialog.get_by_role("link", name=ben.username)).to_contain_text("🚀")
    page.keyboard.press("Escape")
    eventually(lambda: told(ben, ada.shown)["viewer"]["reaction"] == "🚀")

    card.get_by_role("button", name="Your reaction").click()
    expect(card.get_by_role("button", name="Like")).to_have_attribute("aria-pressed", "false")
    expect(card.get_by_role("button", name="1 reaction")).to_have_count(0)
    eventually(lambda: told(ben, ada.shown)["reactions_count"] == 0)


def test_a_post_tells_how_often_each_emoji_stands_there(browse, people):  # L4
    ada, ben, cyd = people
    cyd.post(f"/posts/{ada.shown}/reactions/", json={"emoji": "🚀"})
    browser = browse()
    page = browser.log_in(ben.username)
    browser.open(f"/p/{ada.shown}")
    summary = page.locator(".summary")
    expect(summary).to_have_text("🚀1")
    page.get_by_role("button", name="Like").click()
    expect(summary).to_have_text("🚀1❤️1")
    summary.get_by_role("button", name="🚀").click()
    dialog = page.get_by_role("dialog", name="Who reacted")
    expect(dialog.get_by_role("link")).to_have_count(1)
    expect(dialog.get_by_role("link", name=cyd.username)).to_contain_text("🚀")


def test_an_emoji_is_chosen_by_keys_and_by_holding_the_heart(browse, people):  # L4
    ada, ben, _ = people
    page = browse().log_in(ben.username)
    card = card_of(page, ada)
    card.get_by_role("button", name="React", exact=True).focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("button", name="❤️")).to_be_focused()
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    heart = card.get_by_role("button", name="Your reaction: 🔥")
    expect(heart).to_be_visible()
    expect(card.get_by_role("button", name="React", exact=True)).to_be_focused()

    heart.click(delay=700)
    page.get_by_role("button", name="😮").click()
    expect(card.get_by_role("button", name="Your reaction: 😮")).to_contain_text("1")
    eventually(lambda: told(ben, ada.shown)["viewer"]["reaction"] == "😮")
    assert told(ben, ada.shown)["reactions_count"] == 1


def test_what_the_server_does_not_take_is_taken_back(browse, people):  # L4 L6
    ada, ben, _ = people
    before = told(ben, ada.shown)
    browser = browse()
    page = browser.log_in(ben.username)
    card = card_of(page, ada)
    expect(card).to_be_visible()
    acts = {
        "like": card.get_by_role("button", name="Like"),
        "repost": card.get_by_role("button", name="Repost"),
        "save": card.get_by_role("button", name="Save post"),
    }
    with browser.trouble(DEAD):
        for part, button in acts.items():
            page.route(f"**/posts/*/{part}/", lambda route: route.abort())
            button.click()
            expect(page.locator(".toast").last).to_contain_text("The server cannot be reached.")
            expect(button).to_have_attribute("aria-pressed", "false")
    assert told(ben, ada.shown) == before


def test_a_repost_comes_to_ones_followers_and_goes_again(browse, people):  # L6
    ada, ben, cyd = people
    bens, cyds = browse(), browse()
    b = bens.log_in(ben.username)
    button = card_of(b, ada).get_by_role("button", name="Repost")
    button.click()
    expect(button).to_have_attribute("aria-pressed", "true")
    expect(button).to_contain_text("1")
    eventually(lambda: told(ben, ada.shown)["viewer"]["reposted"])

    c = cyds.log_in(cyd.username)
    expect(card_of(c, ada).get_by_role("link", name=f"{ben.username} reposted")).to_be_visible()
    like = card_of(c, ada).get_by_role("button", name="Like")
    like.click()
    eventually(lambda: told(cyd, ada.shown)["viewer"]["liked"])
    expect(card_of(c, ada).get_by_role("link", name=f"{ben.username} reposted")).to_be_visible()

    button.click()
    expect(button).to_have_attribute("aria-pressed", "false")
    eventually(lambda: not told(ben, ada.shown)["viewer"]["reposted"])
    c.reload()
    expect(c.get_by_text("Your feed is empty.")).to_be_visible()


def test_what_is_not_for_everybody_is_not_reposted(browse, member):  # L6
    ada, ben = member("ada"), member("ben")
    ben.post(f"/users/follow/{ada.username}")
    published(ada, caption="For my followers", visibility="followers")
    page = browse().log_in(ben.username)
    card = card_of(page, ada)
    expect(card.get_by_role("button", name="Save post")).to_be_visible()
    expect(card.get_by_role("button", name="Repost")).to_have_count(0)
    own = browse().log_in(ada.username)
    expect(card_of(own, ada).get_by_role("button", name="Save post")).to_be_visible()
    expect(card_of(own, ada).get_by_role("button", name="Repost")).to_have_count(0)


def test_a_post_of_a_private_account_cannot_be_reposted(browse, member):  # L6
    ada, ben = member("ada"), member("ben")
    ben.post(f"/users/follow/{ada.username}")
    post = published(ada)
    ada.patch(f"/users/{ada.username}", json={"is_private": True})
    browser = browse()
    page = browser.log_in(ben.username)
    button = card_of(page, ada).get_by_role("button", name="Repost")
    with browser.trouble("403"):
        button.click()
        expect(page.locator(".toast").last).to_contain_text("Only what everybody may see")
    expect(button).to_have_attribute("aria-pressed", "false")
    assert told(ben, post)["reposts_count"] == 0


def test_a_post_is_saved_into_a_new_collection_and_no_more(browse, people):  # L6
    ada, ben, _ = people
    page = browse().log_in(ben.username)
    card = card_of(page, ada)
    card.get_by_role("button", name="More options").click()
    page.get_by_role("menuitem", name="Save to a collection").click()
    dialog = page.get_by_role("dialog", name="Save to a collection")
    dialog.get_by_label("New collection").fill("Harbours")
    dialog.get_by_role("button", name="Make it").click()
    expect(page.locator(".toast").last).to_contain_text("Saved to “Harbours”.")
    saved = card.get_by_role("button", name="Save post")
    expect(saved).to_have_attribute("aria-pressed", "true")
    (collection,) = ben.get("/posts/collections/").json()["results"]
    inside = ben.get("/posts/saved/", params={"collection": collection["id"]}).json()["results"]
    assert [each["id"] for each in inside] == [ada.shown]

    saved.click()
    expect(saved).to_have_attribute("aria-pressed", "false")
    eventually(lambda: ben.get("/posts/saved/").json()["results"] == [])


def test_guests_are_asked_who_they_are(browse, people):  # L4 L6
    ada, *_ = people
    browser = browse()
    for name in ("Like", "Repost", "Save post"):
        page = browser.open(f"/p/{ada.shown}")
        page.get_by_role("button", name=name).click()
        page.wait_for_url(f"**/login?next=/p/{ada.shown}")
