"""Y13, Y7, D6: sending photos and videos: many, in order, described; what is refused, what is cut
off. Cropping is in test_crop.py. The last tests take real photos from the folder in YAFIG_PHOTOS,
or from `../shared/photos` beside the repository, where there is such a folder.
"""

import os
import re
from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import published
from tests.media.clips import clip
from tests.system import eventually

PNG_HEAD = b"\x89PNG\r\n\x1a\n"


def uploading(browser, ada, files=()):
    page = browser.log_in(ada.username)
    page.get_by_role("link", name="New post").click()
    page.get_by_label("Choose photos").set_input_files([*files])
    return page


def test_what_is_no_photo_is_refused_before_it_is_sent(browse, member, tmp_path, photo):
    words, empty, large = tmp_path / "words.txt", tmp_path / "empty.jpg", tmp_path / "large.jpg"
    words.write_text("not a photo")
    empty.write_bytes(b"")
    large.write_bytes(photo().read_bytes() + b"\0" * (20 * 2**20))
    browser = browse()

    page = uploading(browser, member("ada"), [words, empty, large, photo()])

    alert = page.get_by_role("alert")
    expect(alert).to_contain_text("words.txt is nothing that can be shown here.")
    expect(alert).to_contain_text("empty.jpg is empty.")
    expect(alert).to_contain_text("large.jpg is larger than 20 MB.")
    expect(page.locator(".tile")).to_have_count(1)


def test_ten_photos_are_enough(browse, member, photo):
    page = uploading(browse(), member("ada"), [photo(f"{number}.jpg") for number in range(12)])

    expect(page.get_by_role("alert")).to_contain_text("A post has at most 10 photos.")
    expect(page.locator(".tile")).to_have_count(10)


def test_what_the_server_refuses_is_told_beside_its_picture_and_the_others_go(
    browse, member, tmp_path, photo
):
    broken = tmp_path / "broken.png"
    broken.write_bytes(PNG_HEAD + b"and then nothing of the kind")
    browser = browse()
    page = uploading(browser, member("ada"), [photo("good.jpg"), broken])

    with browser.trouble("400"):
        page.get_by_role("button", name="Post", exact=True).click()
        expect(page.get_by_text("One picture was refused.")).to_be_visible()
    expect(page.locator(".tile").nth(1).get_by_role("alert")).to_be_visible()
    expect(page.locator(".tile").nth(0).get_by_role("alert")).to_have_count(0)
    page.get_by_role("button", name="Take picture 2 out").click()
    page.get_by_role("button", name="Post", exact=True).click()

    page.wait_for_url("**/p/*")


def test_the_order_is_changed_by_keys_and_by_dragging(browse, member, photo):
    files = [photo(f"{name}.jpg", colour=colour) for name, colour in COLOURS.items()]
    page = uploading(browse(viewport={"width": 1200, "height": 900}), member("ada"), files)
    for number, name in enumerate(COLOURS, start=1):
        page.get_by_label(f"What does picture {number} show?").fill(name)

    page.locator(".handle").nth(2).focus()
    page.keyboard.press("ArrowLeft")
    page.keyboard.press("ArrowLeft")
    expect(page.get_by_label("What does picture 1 show?")).to_have_value("blue")
    expect(page.locator(".handle").nth(0)).to_be_focused()
    expect(page.get_by_text("Now picture 1 of 3.")).to_be_attached()
    page.locator(".view").nth(0).drag_to(page.locator(".view").nth(2))
    expect(page.get_by_label("What does picture 3 show?")).to_have_value("blue")

    page.get_by_role("button", name="Post", exact=True).click()
    page.wait_for_url("**/p/*")
    shown = [each.get_attribute("alt") for each in page.locator(".slide img").all()]
    assert shown[:2] == ["red", "green"]


COLOURS = {"red": (200, 30, 30), "green": (30, 160, 40), "blue": (40, 60, 200)}


def test_a_draft_survives_closing_the_tab_and_leaves_when_it_is_posted(browse, member, photo):
    browser = browse()
    page = uploading(browser, member("ada"), [photo()])
    page.get_by_label("What does picture 1 show?").fill("A red wall")
    page.get_by_label("Caption").fill("Later")
    page.get_by_text("My followers").click()
    page.wait_for_timeout(800)  # a moment after the last key
    page.close()

    tab = browser.open("/upload", browser.context.new_page())
    expect(tab.get_by_text("This draft was kept from before.")).to_be_visible()
    expect(tab.get_by_label("What does picture 1 show?")).to_have_value("A red wall")
    expect(tab.get_by_label("Caption")).to_have_value("Later")
    expect(tab.get_by_label("My followers")).to_be_checked()
    tab.get_by_role("button", name="Post", exact=True).click()
    tab.wait_for_url("**/p/*")

    tab.goto(f"{browser.system.url}/upload")
    expect(tab.get_by_text("Drag photos and videos here")).to_be_visible()


def test_an_upload_that_was_cut_off_is_tried_again_and_makes_one_post(browse, member, photo):
    ada = member("ada")
    browser = browse()
    page = uploading(browser, ada, [photo()])
    reached = []
    network = browser.context.new_cdp_session(page)
    answers = {"urlPattern": "*/posts/", "requestStage": "Response"}
    network.send("Fetch.enable", {"patterns": [answers]})

    def lose_the_answer(event):  # the server has it, and we never hear of it
        reached.append(event["responseStatusCode"])
        lost = {"requestId": event["requestId"], "errorReason": "ConnectionReset"}
        network.send("Fetch.failRequest", lost)

    network.on("Fetch.requestPaused", lose_the_answer)
    with browser.trouble("ERR_CONNECTION_RESET"):
        page.get_by_role("button", name="Post", exact=True).click()
        expect(page.get_by_text("The server cannot be reached.")).to_be_visible()
    network.detach()
    page.get_by_role("button", name="Post", exact=True).click()
    page.wait_for_url("**/p/*")

    assert reached == [201]
    assert len(ada.get("/posts/").json()["results"]) == 1


def test_a_tab_that_is_closed_after_it_was_sent_makes_no_second_post(browse, member, photo):
    ada = member("ada")
    browser = browse()
    page = uploading(browser, ada, [photo()])
    page.route(re.compile(r"/posts/\d+/"), lambda _: None)  # no news of it ever comes
    page.get_by_role("button", name="Post", exact=True).click()
    expect(page.get_by_text("Preparing …").first).to_be_visible()
    page.close()

    tab = browser.open("/upload", browser.context.new_page())
    expect(tab.get_by_text("Drag photos and videos here")).to_be_visible()
    expect(tab.locator(".tile")).to_have_count(0)
    assert len(ada.get("/posts/").json()["results"]) == 1


def test_sending_goes_on_while_other_pages_are_looked_at(browse, member, photo):
    ada = member("ada")
    browser = browse()
    page = uploading(browser, ada, [photo()])
    held = []
    page.route("**/media/uploads/", lambda route: held.append(route))
    page.get_by_role("button", name="Post", exact=True).click()
    expect(page.get_by_role("progressbar")).to_be_visible()
    page.get_by_role("link", name="Search").click()
    page.wait_for_url("**/search")
    held[0].continue_()

    expect(page.locator(".toast").last).to_contain_text("Your post is there.")
    assert page.url.endswith("/search")
    page.get_by_role("link", name="New post").click()
    expect(page.get_by_text("Drag photos and videos here")).to_be_visible()
    expect(page.locator(".tile")).to_have_count(0)
    assert len(ada.get("/posts/").json()["results"]) == 1


def test_one_post_after_another(browse, member, photo):
    ada = member("ada")
    page = uploading(browse(), ada, [photo()])
    page.get_by_role("button", name="Post", exact=True).click()
    page.wait_for_url("**/p/*")
    page.get_by_role("link", name="New post").click()
    page.get_by_label("Choose photos").set_input_files([photo("b.jpg", colour=(10, 20, 90))])
    page.get_by_role("button", name="Post", exact=True).click()

    page.wait_for_url("**/p/*")
    eventually(lambda: len(ada.get("/posts/").json()["results"]) == 2)


def test_people_and_tags_complete_as_one_types(browse, member, photo):
    ada, ben = member("ada"), member("ben")
    tag = f"tide{ben.username}"
    published(ben, caption=f"#{tag}", tags=tag)
    page = uploading(browse(), ada, [photo()])
    caption = page.get_by_label("Caption")
    caption.press_sequentially(f"With @{ben.username[:-1]}")
    page.get_by_role("button", name=f"@{ben.username}", exact=True).click()
    expect(caption).to_be_focused()
    caption.press_sequentially(f"at #{tag[:6]}")
    page.get_by_role("button", name=f"#{tag}", exact=True).press("Enter")
    expect(caption).to_have_value(f"With @{ben.username} at #{tag} ")
    page.get_by_role("button", name="Post", exact=True).click()
    page.wait_for_url("**/p/*")

    (made,) = ada.get("/posts/").json()["results"]
    assert (made["tags"], made["mentions"]) == ([tag], [ben.username])


def test_sending_shows_how_far_it_is_and_can_be_stopped(browse, member, photo):
    browser = browse()
    page = uploading(
        browser, member("ada"), [photo("big.jpg", width=3000, height=2000, quality=100)]
    )
    network = browser.context.new_cdp_session(page)
    slow = {"offline": False, "latency": 0, "downloadThroughput": -1, "uploadThroughput": 20_000}
    network.send("Network.emulateNetworkConditions", slow)

    page.get_by_role("button", name="Post", exact=True).click()
    expect(page.get_by_role("progressbar")).to_be_visible()
    page.get_by_role("button", name="Stop").click()
    expect(page.get_by_role("button", name="Post", exact=True)).to_be_enabled()
    expect(page.locator(".tile")).to_have_count(1)


def test_a_photo_can_be_pasted_and_turned(browse, member, photo):
    browser = browse()
    page = uploading(browser, member("ada"))
    page.evaluate(
        """async () => { const canvas = document.createElement('canvas');
        canvas.width = 300; canvas.height = 200; canvas.getContext('2d').fillRect(0, 0, 9, 9);
        const blob = await new Promise((done) => canvas.toBlob(done, 'image/png'));
        const data = new DataTransfer();
        data.items.add(new File([blob], 'pasted.png', {type: blob.type}));
        dispatchEvent(new ClipboardEvent('paste', { clipboardData: data, bubbles: true })) }"""
    )
    expect(page.locator(".tile")).to_have_count(1)
    page.get_by_role("button", name="Turn picture 1").click()
    page.wait_for_function("() => document.querySelector('.tile img').naturalHeight === 300")
    page.get_by_role("button", name="Post", exact=True).click()
    page.wait_for_url("**/p/*")
    expect(page.locator(".slide img")).to_have_attribute("height", "300")


def test_what_did_not_get_through_is_sent_again_without_the_others(browse, member, photo):
    ada = member("ada")
    browser = browse()
    page = uploading(browser, ada, [photo(f"{number}.jpg") for number in range(3)])
    begun, forms = [], []

    def lose_the_second(route):
        forms.append(route.request.url)
        if len(forms) == 2:
            route.abort("connectionreset")
        else:
            route.continue_()

    page.on("request", lambda each: begun.append(each.url) if is_begin(each) else None)
    page.route("**/media/uploads/files/**", lose_the_second)
    with browser.trouble("ERR_CONNECTION_RESET"):
        page.get_by_role("button", name="Post", exact=True).click()
        expect(page.get_by_text("One picture did not get through.")).to_be_visible()
    expect(page.get_by_text("Sent", exact=True)).to_have_count(2)
    assert len(begun) == 3
    assert ada.get("/posts/").json()["results"] == []

    page.get_by_role("button", name="Send picture").click()
    expect(page.get_by_text("Sent", exact=True)).to_have_count(3)
    assert len(begun) == 4
    page.get_by_role("button", name="Post", exact=True).click()
    page.wait_for_url("**/p/*")

    assert len(begun) == 4
    (made,) = ada.get("/posts/").json()["results"]
    assert len(made["media"]) == 3


def is_begin(request):
    return request.method == "POST" and request.url.endswith("/media/uploads/")


@pytest.mark.parametrize("kind", ["mp4", "mov", "webm"])
def test_a_video_is_sent_and_prepared(browse, member, tmp_path, kind):
    ada = member("ada")
    film = tmp_path / f"tide.{kind}"
    film.write_bytes(clip(kind))
    page = uploading(browse(), ada, [film])
    expect(page.get_by_label(f"tide.{kind}")).to_be_visible()
    expect(page.get_by_role("button", name="Crop picture 1")).to_have_count(0)
    page.get_by_label("What does picture 1 show?").fill("The tide comes in")
    page.get_by_label("Caption").fill("Tide")
    page.get_by_role("button", name="Post", exact=True).click()

    page.wait_for_url("**/p/*")
    expect(page.locator("video")).to_have_attribute("aria-label", "The tide comes in")
    (made,) = ada.get("/posts/").json()["results"]
    assert (made["type"], made["media"][0]["type"]) == ("video", "video")


def test_a_reel_is_exactly_one_video(browse, member, photo, tmp_path):
    ada = member("ada")
    film = tmp_path / "tide.mp4"
    film.write_bytes(clip("mp4"))
    page = uploading(browse(), ada, [film])
    page.get_by_label("Post it as a reel").check()
    page.get_by_label("Add photos").set_input_files([photo()])
    expect(page.locator(".tile")).to_have_count(2)
    expect(page.get_by_label("Post it as a reel")).to_have_count(0)
    page.get_by_role("button", name="Take picture 2 out").click()
    expect(page.get_by_label("Post it as a reel")).to_be_checked()
    page.get_by_role("button", name="Post", exact=True).click()

    page.wait_for_url("**/p/*")
    (made,) = ada.get("/posts/").json()["results"]
    assert made["type"] == "reel"


def test_a_video_that_is_none_is_told_and_taken_back(browse, member, tmp_path):
    """Its first bytes say that it is one; what prepares it finds nothing in it."""
    ada = member("ada")
    film = tmp_path / "tide.mp4"
    film.write_bytes(clip("mp4")[:400])
    browser = browse()
    page = uploading(browser, ada, [film])
    with browser.trouble("400"):
        page.get_by_role("button", name="Post", exact=True).click()
        expect(page.locator(".tile").get_by_role("alert")).to_be_visible()
    edit = page.get_by_role("button", name="Edit")
    take_out = page.get_by_role("button", name="Take picture 1 out")
    expect(edit.or_(take_out)).to_be_visible()
    if edit.count():  # it failed after it was posted
        edit.click()
    expect(page.locator(".tile").get_by_role("alert")).to_be_visible()
    expect(take_out).to_be_visible()
    assert ada.get("/posts/").json()["results"] == []


PHOTOS = Path(os.environ.get("YAFIG_PHOTOS") or Path(__file__).parents[3] / "shared" / "photos")
real_photos = pytest.mark.skipif(not PHOTOS.is_dir(), reason="no folder of real photos")


@real_photos
def test_real_photos_are_posted_upright_and_a_broken_one_is_told(browse, member, tmp_path):
    ada = member("ada")
    real = sorted(each for each in PHOTOS.glob("*") if each.suffix.lower() in (".jpg", ".heic"))
    words, broken = tmp_path / "words.jpg", tmp_path / "broken.jpg"
    words.write_text("not a photo, whatever it is called")
    broken.write_bytes((PHOTOS / "Landscape_6.jpg").read_bytes()[:300])
    browser = browse()
    page = uploading(browser, ada, [*real, words, broken])
    expect(page.locator(".tile")).to_have_count(len(real) + 2)

    with browser.trouble("400"):
        page.get_by_role("button", name="Post", exact=True).click()
        expect(page.get_by_text("2 pictures were refused.")).to_be_visible()
    alerts = page.locator(".tile").get_by_role("alert")
    expect(alerts).to_have_count(2)
    expect(alerts.first).to_contain_text("This file is not a photo.")
    assert ada.get("/posts/").json()["results"] == []
    for _ in range(2):
        page.get_by_role("button", name=f"Take picture {len(real) + 1} out").click()
    page.get_by_role("button", name="Post", exact=True).click()

    page.wait_for_url("**/p/*")
    (made,) = ada.get("/posts/").json()["results"]
    assert [each["state"] for each in made["media"]] == ["ready"] * len(real)
    shapes = {path.name: each for path, each in zip(real, made["media"], strict=True)}
    assert shapes["Landscape_6.jpg"]["width"] > shapes["Landscape_6.jpg"]["height"]
    assert shapes["Portrait_3.jpg"]["width"] < shapes["Portrait_3.jpg"]["height"]


NATURAL = ("naturalWidth", "naturalHeight")


@real_photos
def test_a_real_photo_is_upright_after_it_was_turned_here(browse, member):
    ada = member("ada")
    page = uploading(browse(), ada, [PHOTOS / "Landscape_6.jpg"])  # stored on its side
    picture = page.locator(".tile img")
    expect(picture).to_have_js_property("complete", True)
    width, height = (picture.evaluate(f"(img) => img.{each}") for each in NATURAL)
    assert width > height
    page.get_by_role("button", name="Turn picture 1").click()
    page.wait_for_function(f"() => document.querySelector('.tile img').naturalHeight === {width}")
    page.get_by_role("button", name="Post", exact=True).click()
    page.wait_for_url("**/p/*")

    (made,) = ada.get("/posts/").json()["results"]
    assert (made["media"][0]["width"], made["media"][0]["height"]) == (height, width)
