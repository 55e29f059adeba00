"""Y13, Y7, D6: sending photos: many, in order, described; what is refused, what is cut off."""

from playwright.sync_api import expect

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
    expect(alert).to_contain_text("words.txt is not a photo that can be shown here.")
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
    expect(tab.get_by_text("Drag photos here")).to_be_visible()


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
