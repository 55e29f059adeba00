"""Y13, Y7: cropping a photo by keys, mouse and touch, and taking it back: nothing is lost before it
is sent."""

import re

from playwright.sync_api import expect

from tests.browser.test_upload import uploading


def sides(page):
    return page.evaluate(
        """() => { const { naturalWidth, naturalHeight } = document.querySelector('.tile img');
        return [naturalWidth, naturalHeight] }"""
    )


def until(page, width, height):
    page.wait_for_function(
        """([width, height]) => { const img = document.querySelector('.tile img');
        return img?.naturalWidth === width && img.naturalHeight === height }""",
        arg=[width, height],
    )


def cropping(page):
    page.get_by_role("button", name="Crop picture 1").click()
    expect(page.get_by_role("dialog").locator("canvas")).to_be_attached()
    return page.get_by_role("dialog")


def test_a_shape_is_chosen_and_the_frame_is_moved_by_keys(browse, member, photo):
    ada = member("ada")
    page = uploading(browse(), ada, [photo(width=640, height=480)])
    until(page, 640, 480)
    dialog = cropping(page)
    dialog.get_by_label("1:1").check()
    expect(dialog.get_by_text("75 % of the width and 100 % of the height stay.")).to_be_visible()
    dialog.get_by_role("button", name="Bottom right corner").focus()
    for _ in range(5):
        page.keyboard.press("ArrowLeft")
    expect(dialog.get_by_text("65 % of the width and 87 % of the height stay.")).to_be_visible()
    dialog.get_by_role("button", name="What is kept.").focus()
    for _ in range(40):
        page.keyboard.press("ArrowRight")
    dialog.get_by_role("button", name="Done").click()
    until(page, 416, 416)

    page.get_by_role("button", name="Post", exact=True).click()
    page.wait_for_url("**/p/*")
    expect(page.locator(".slide img")).to_have_attribute("height", "416")


def test_what_was_cropped_and_turned_is_whole_again_when_one_wants(browse, system, member, photo):
    original = photo(width=640, height=480, colour=(12, 34, 56))
    page = uploading(browse(), member("ada"), [original])
    dialog = cropping(page)
    dialog.get_by_label("16:9").check()
    dialog.get_by_role("button", name="Done").click()
    until(page, 640, 360)
    page.get_by_role("button", name="Turn picture 1").click()
    until(page, 360, 640)
    dialog = cropping(page)
    expect(dialog.get_by_text("75 % of the width and 100 % of the height stay.")).to_be_visible()
    for _ in range(3):
        dialog.get_by_role("button", name="Turn").click()
    dialog.get_by_role("button", name="Whole picture").click()
    dialog.get_by_role("button", name="Done").click()
    until(page, 640, 480)

    page.get_by_role("button", name="Post", exact=True).click()
    page.wait_for_url("**/p/*")
    kept = (each for each in (system.folder / "media").rglob("*") if each.is_file())
    assert original.read_bytes() in (each.read_bytes() for each in kept)


def test_leaving_the_dialog_changes_nothing(browse, member, photo):
    page = uploading(browse(), member("ada"), [photo(width=640, height=480)])
    dialog = cropping(page)
    dialog.get_by_label("4:5").check()
    page.keyboard.press("Escape")
    expect(page.get_by_role("dialog")).to_have_count(0)
    expect(page.get_by_role("button", name="Crop picture 1")).to_be_focused()
    assert sides(page) == [640, 480]


def test_the_corners_follow_the_mouse(browse, member, photo):
    wide = {"width": 1200, "height": 900}
    page = uploading(browse(viewport=wide), member("ada"), [photo(width=800, height=400)])
    dialog = cropping(page)
    corner = dialog.get_by_role("button", name="Bottom right corner").bounding_box()
    stage = dialog.locator(".stage").bounding_box()
    x, y = corner["x"] + corner["width"] / 2, corner["y"] + corner["height"] / 2
    page.mouse.move(x, y)
    page.mouse.down()
    page.mouse.move(x - stage["width"] / 4, y - stage["height"] / 4, steps=4)
    page.mouse.move(x - stage["width"] / 2, y - stage["height"] / 2)
    page.mouse.up()
    expect(dialog.get_by_role("status")).to_have_text(re.compile("(49|50|51) % of .* (49|50|51) %"))


def test_the_frame_follows_a_finger(browse, member, photo):
    browser = browse(has_touch=True, is_mobile=True)
    page = uploading(browser, member("ada"), [photo(width=640, height=480)])
    dialog = cropping(page)
    dialog.get_by_label("1:1").check()
    box = dialog.locator(".grip").bounding_box()
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    network = browser.context.new_cdp_session(page)

    def touch(kind, *points):
        fingers = [{"x": at, "y": y} for at in points]
        network.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": fingers})

    touch("touchStart", x)
    touch("touchMove", x - 20)
    touch("touchMove", x - 500)
    touch("touchEnd")
    left = dialog.locator(".grip").evaluate("(grip) => grip.style.left")
    assert left == "0%"
