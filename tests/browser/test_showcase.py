"""T8, Y13: the three pictures of a profile: hung, described, replaced and taken down by who has it,
and looked at by others."""

import pytest
from playwright.sync_api import expect

RED = (200, 30, 30)


def places(client):
    found = client.get(f"/users/{client.username}/showcase/").json()["places"]
    return [each["media"] and each["media"]["alt_text"] for each in found]


@pytest.fixture
def hung(photo):
    """Hang a picture by the API."""

    def make(client, place="one", alt_text="A red wall"):
        files = {"file": ("a.jpg", photo("hung.jpg", colour=RED).read_bytes(), "image/jpeg")}
        path = f"/users/{client.username}/showcase/{place}/?wait=20"
        answer = client.put(path, data={"alt_text": alt_text}, files=files)
        assert answer.status_code == 200, answer.text
        assert answer.json()["media"] is not None

    return make


def at_home(browser, ada):
    page = browser.log_in(ada.username)
    browser.open(f"/u/{ada.username}")
    return page


def test_a_picture_is_hung_replaced_described_and_taken_down(browse, member, photo):
    ada = member("ada")
    page = at_home(browse(), ada)
    page.get_by_role("button", name="Hang a picture in place 2").click()
    dialog = page.get_by_role("dialog")
    hang = dialog.get_by_role("button", name="Hang it")
    expect(dialog.get_by_role("button", name="Save")).to_be_disabled()
    dialog.get_by_label("Choose a picture").set_input_files([photo(width=640, height=480)])
    dialog.get_by_label("What does the picture show?").fill("A red wall")
    hang.click()
    expect(page.locator(".toast").last).to_contain_text("hangs in your showcase")
    assert places(ada) == [None, "A red wall", None]

    page.get_by_role("button", name="A red wall").click()
    expect(dialog.get_by_text("Hangs here since")).to_be_visible()
    dialog.get_by_label("What does the picture show?").fill("A wall, red")
    dialog.get_by_role("button", name="Save").click()
    expect(page.get_by_role("button", name="A wall, red")).to_be_visible()
    assert places(ada) == [None, "A wall, red", None]

    page.get_by_role("button", name="A wall, red").click()
    dialog.get_by_label("Choose another").set_input_files([photo("b.jpg", width=800, height=400)])
    dialog.get_by_role("button", name="Crop").click()
    page.get_by_text("1:1", exact=True).click()
    page.get_by_role("button", name="Done").click()
    picture = dialog.locator("img.chosen")
    expect(picture).to_have_js_property("naturalWidth", 400)
    hang.click()
    expect(page.get_by_role("dialog")).to_have_count(0)
    shown = ada.get(f"/users/{ada.username}/showcase/").json()["places"][1]["media"]
    assert (shown["width"], shown["height"], shown["alt_text"]) == (400, 400, "")

    page.get_by_role("button", name="Picture 2 in the showcase").click()
    dialog.get_by_role("button", name="Take down").click()
    expect(page.get_by_role("button", name="Hang a picture in place 2")).to_be_visible()
    assert places(ada) == [None, None, None]


def test_others_see_what_hangs_whole_and_can_change_nothing(browse, member, hung):
    ada, ben = member("ada"), member("ben")
    hung(ada, "three")
    for browser, name in ((browse(), None), (browse(), ben.username)):
        page = browser.log_in(name) if name else browser.page
        browser.open(f"/u/{ada.username}")
        region = page.get_by_role("region", name="Showcase")
        expect(region.get_by_role("button")).to_have_count(1)
        region.get_by_role("button", name="A red wall").click()
        dialog = page.get_by_role("dialog")
        expect(dialog.get_by_role("img", name="A red wall")).to_be_visible()
        expect(dialog.get_by_text("Hangs here since")).to_be_visible()
        expect(dialog.get_by_role("button")).to_have_count(1)
        dialog.get_by_role("button", name="Close").click()
        expect(region.get_by_role("button", name="A red wall")).to_be_focused()


def test_an_empty_or_private_showcase_is_no_place_for_others(browse, member, hung):
    ada, ben = member("ada"), member("ben")
    browser = browse()
    page = browser.log_in(ben.username)
    browser.open(f"/u/{ada.username}")
    expect(page.get_by_role("button", name="Follow", exact=True)).to_be_visible()
    expect(page.get_by_role("region", name="Showcase")).to_have_count(0)

    hung(ada)
    ada.patch(f"/users/{ada.username}", json={"is_private": True})
    browser.open(f"/u/{ada.username}")
    expect(page.get_by_role("button", name="Ask to follow")).to_be_visible()
    expect(page.get_by_role("region", name="Showcase")).to_have_count(0)


def test_what_is_no_photo_is_told_and_the_former_picture_stays(browse, member, hung, tmp_path):
    ada = member("ada")
    hung(ada)
    words = tmp_path / "words.jpg"
    words.write_text("not a photo")
    browser = browse()
    page = at_home(browser, ada)
    page.get_by_role("button", name="A red wall").click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_label("Choose another").set_input_files([words])
    expect(dialog.get_by_text("No preview for this kind of file")).to_be_visible()
    with browser.trouble("400"):
        dialog.get_by_role("button", name="Hang it").click()
        expect(dialog.get_by_role("alert")).to_contain_text("This file is not a photo.")
    assert places(ada) == ["A red wall", None, None]
