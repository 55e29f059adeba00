"""Y13 L5 L4: answers at any depth, in three orders, with reactions and pictures, on a phone."""

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import PHONE, published
from tests.system import eventually


@pytest.fixture
def place(member):
    ada, ben = member("ada"), member("ben")
    ada.shown = published(ada, caption="Low tide")
    return ada, ben


def say(client, post, text, parent=None):
    answer = client.post(f"/posts/{post}/comments/", json={"text": text, "parent_id": parent})
    assert answer.status_code == 201, answer.text
    return answer.json()["id"]


def comment(page, text):
    return page.locator(".comment").filter(has_text=text)


def comments(client, post, **query):
    return client.get(f"/posts/{post}/comments/", params=query).json()["results"]


def test_answers_at_any_depth_stay_readable_on_a_phone(browse, place):  # L5
    ada, ben = place
    parent = None
    for level in range(7):
        parent = say((ada, ben)[level % 2], ada.shown, f"Level {level}", parent)
    page = browse().log_in(ben.username)
    page.goto(page.url.replace("/feed", f"/p/{ada.shown}"))
    for level in range(6):
        comment(page, f"Level {level}").get_by_role("button", name="1 answer").click()
    deepest = comment(page, "Level 6")
    expect(deepest.get_by_text(f"Answer to {ben.username}")).to_be_visible()

    deepest.get_by_role("button", name="Answer", exact=True).click()
    field = page.get_by_label(f"Answer to {ada.username}", exact=True)
    expect(field).to_be_focused()
    field.fill("As deep as it gets")
    page.keyboard.press("Control+Enter")

    last = comment(page, "As deep as it gets")
    expect(last).to_be_visible()
    expect(page.get_by_role("heading", name="8 comments")).to_be_visible()
    expect(deepest.get_by_role("button", name="Answer", exact=True)).to_be_focused()
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
    assert last.bounding_box()["width"] > PHONE["width"] * 0.7
    answers = ben.get(f"/posts/{ada.shown}/comments/{parent}/replies/").json()["results"]
    assert [each["text"] for each in answers] == ["As deep as it gets"]


def test_an_answer_is_begun_and_left_by_keys(browse, place):  # L5
    ada, ben = place
    say(ada, ada.shown, "The first")
    page = browse().log_in(ben.username)
    page.goto(page.url.replace("/feed", f"/p/{ada.shown}"))
    button = comment(page, "The first").get_by_role("button", name="Answer", exact=True)
    button.focus()
    page.keyboard.press("Enter")
    expect(page.get_by_label(f"Answer to {ada.username}", exact=True)).to_be_focused()
    page.keyboard.press("Escape")
    expect(page.get_by_label(f"Answer to {ada.username}", exact=True)).to_have_count(0)
    expect(button).to_be_focused()


def test_comments_are_reacted_to_and_sorted_by_it(browse, place):  # L4 L5
    ada, ben = place
    first, second = say(ada, ada.shown, "The first"), say(ada, ada.shown, "The second")
    browser = browse()
    page = browser.log_in(ben.username)
    browser.open(f"/p/{ada.shown}")
    one = comment(page, "The second")
    one.get_by_role("button", name="React to the comment").click()
    page.get_by_role("button", name="👏").click()
    mine = one.get_by_role("button", name="Your reaction: 👏")
    expect(mine).to_have_attribute("aria-pressed", "true")
    one.get_by_role("button", name="1 reaction").click()
    who = page.get_by_role("dialog", name="Who reacted")
    expect(who.get_by_role("link", name=ben.username)).to_contain_text("👏")
    page.keyboard.press("Escape")

    texts = page.locator(".comment .caption")
    expect(texts).to_have_text(["The first", "The second"])
    page.get_by_label("Order of the comments").select_option("Most reactions")
    expect(texts).to_have_text(["The second", "The first"])
    page.get_by_label("Order of the comments").select_option("Newest first")
    expect(texts).to_have_text(["The second", "The first"])
    page.get_by_label("Order of the comments").select_option("Oldest first")
    expect(texts).to_have_text(["The first", "The second"])

    one.get_by_role("button", name="Your reaction").click()
    expect(one.get_by_role("button", name="Heart for")).to_have_attribute("aria-pressed", "false")
    eventually(lambda: comments(ben, ada.shown)[1]["reactions_count"] == 0)
    assert [each["id"] for each in comments(ben, ada.shown)] == [first, second]


def test_a_reaction_that_does_not_arrive_is_taken_back(browse, place):  # L4
    ada, ben = place
    say(ada, ada.shown, "The first")
    browser = browse()
    page = browser.log_in(ben.username)
    browser.open(f"/p/{ada.shown}")
    page.route("**/comments/*/reactions/", lambda route: route.abort())
    heart = comment(page, "The first").get_by_role("button", name="Heart for")
    with browser.trouble("ERR_FAILED"):
        heart.click()
        expect(page.locator(".toast")).to_contain_text("The server cannot be reached.")
    expect(heart).to_have_attribute("aria-pressed", "false")
    expect(comment(page, "The first").get_by_role("button", name="1 reaction")).to_have_count(0)
    assert comments(ben, ada.shown)[0]["reactions_count"] == 0


def test_a_comment_has_a_picture_with_a_description(browse, place, photo, tmp_path):  # L5
    ada, ben = place
    browser = browse()
    page = browser.log_in(ben.username)
    browser.open(f"/p/{ada.shown}")
    page.get_by_label("Comment", exact=True).fill("Like this one")
    broken = tmp_path / "broken.jpg"
    broken.write_text("no picture at all")
    page.get_by_label("Add a picture").set_input_files(broken)
    with browser.trouble("400"):
        page.get_by_role("button", name="Send").click()
        expect(page.locator(".composer").get_by_role("alert")).to_be_visible()
    assert comments(ben, ada.shown) == []

    page.get_by_role("button", name="Take the picture out").click()
    page.get_by_label("Add a picture").set_input_files(photo("boat.jpg"))
    page.get_by_label("What does the picture show?").fill("A boat")
    page.get_by_role("button", name="Send").click()
    expect(page.get_by_role("img", name="A boat")).to_be_visible()
    expect(page.get_by_label("Comment", exact=True)).to_have_value("")
    (made,) = comments(ada, ada.shown)
    assert (made["text"], made["media"][0]["alt_text"]) == ("Like this one", "A boat")


def test_what_was_removed_keeps_its_place_above_its_answers(browse, place):  # L5
    ada, ben = place
    said = say(ben, ada.shown, "Rash words")
    say(ada, ada.shown, "Well, well", said)
    browser = browse()
    page = browser.log_in(ben.username)
    browser.open(f"/p/{ada.shown}")
    comment(page, "Rash words").get_by_role("button", name="Options for the comment").click()
    page.get_by_role("menuitem", name="Delete").click()
    page.get_by_role("alertdialog").get_by_role("button", name="Delete").click()
    gone = comment(page, "This comment was removed.")
    expect(gone.get_by_role("button", name="Answer", exact=True)).to_have_count(0)
    gone.get_by_role("button", name="1 answer").click()
    expect(comment(page, "Well, well")).to_be_visible()
    expect(page.get_by_text("Rash words")).to_have_count(0)
    assert comments(ada, ada.shown)[0]["removed"]
