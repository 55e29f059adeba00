"""Y13: two people in two browsers, from registering to deleting, without a manual."""

import re
from email import message_from_bytes, policy

from playwright.sync_api import expect

from tests.browser.conftest import Names, go_to
from tests.conftest import PASSWORD
from tests.system import eventually


def register(browser, name):
    page = browser.open("/")
    page.get_by_role("link", name="Create an account").first.click()
    page.get_by_label("Username").fill(name)
    page.get_by_label("E-mail").fill(f"{name}@example.org")
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="Create an account").click()
    page.wait_for_url("**/feed")
    return page


def link_in_letter(system, address, page):
    """The link to `page` of the latest letter to somebody."""

    def find():
        for path in sorted((system.folder / "mail").glob("*"), reverse=True):
            for raw in path.read_bytes().split(b"\n" + b"-" * 79):
                letter = message_from_bytes(raw.lstrip(), policy=policy.default)
                body = letter.get_body(("plain",)) if letter["To"] == address else None
                found = body and re.search(rf"\S+/{page}\?token=\S+", body.get_content())
                if found:
                    return found[0]
        return None

    return eventually(find)


def test_from_registering_to_deleting(browse, system, photo):  # Y1 Y4 Y7 Y10 Y11 Y13
    Names.count += 1
    ada, ben = f"ada{Names.count}", f"ben{Names.count}"
    adas, bens = browse(), browse()
    a, b = register(adas, ada), register(bens, ben)
    expect(a.locator(".toast")).to_contain_text(f"on its way to {ada}@example.org")
    a.goto(link_in_letter(system, f"{ada}@example.org", "activate"))
    expect(a.get_by_text("Your address is confirmed.")).to_be_visible()

    post = post_an_album(a, photo)
    follow(b, ada)
    like_and_comment(b, ada, post)
    answer_and_edit(a, post)
    delete_post(a)
    with bens.trouble("404"):
        b.reload()
        expect(b.get_by_text("Nothing here")).to_be_visible()

    delete_account(a)
    with adas.trouble("401"):
        a.get_by_label("Username or e-mail").fill(ada)
        a.get_by_label("Password", exact=True).fill(PASSWORD)
        a.get_by_role("button", name="Log in").click()
        expect(a.get_by_text("No account has this name and this password.")).to_be_visible()
    with bens.trouble("404"):
        bens.open(f"/u/{ada}")
        expect(b.get_by_text("Nothing here")).to_be_visible()
        b.wait_for_load_state("networkidle")


def post_an_album(page, photo):
    page.get_by_role("link", name="New post").click()
    files = [photo("one.jpg"), photo("two.jpg", width=480, height=640)]
    page.get_by_label("Choose photos").set_input_files(files)
    page.get_by_label("What does picture 1 show?").fill("The harbour at six")
    page.get_by_label("Caption").fill("Low tide #harbour")
    page.get_by_role("button", name="Post", exact=True).click()
    page.wait_for_url("**/p/*")
    expect(page.get_by_role("img", name="The harbour at six")).to_be_visible()
    return page.url.rpartition("/")[2]


def follow(page, ada):
    page.get_by_role("link", name="Search").click()
    box = page.get_by_role("searchbox")
    box.fill(ada)
    page.get_by_role("link", name=f"@{ada}").click()
    page.get_by_role("button", name="Follow", exact=True).click()
    expect(page.get_by_role("button", name="Following")).to_be_visible()


def like_and_comment(page, ada, post):
    """By a double tap, taken back, and by the button."""
    page.get_by_role("link", name="Feed").click()
    card = page.get_by_role("article", name=f"Post by {ada}")
    expect(card).to_be_visible()

    card.locator(".scroller").click(position={"x": 40, "y": 60})
    card.locator(".scroller").click(position={"x": 42, "y": 60})
    like = card.get_by_role("button", name="Like")
    expect(like).to_have_attribute("aria-pressed", "true")
    like.click()
    expect(like).to_have_attribute("aria-pressed", "false")
    like.click()
    card.get_by_role("link", name="0 comments").click()
    page.wait_for_url(f"**/p/{post}#comments")
    page.get_by_label("Comment", exact=True).fill("What a light!")
    page.get_by_role("button", name="Send").click()
    expect(page.get_by_text("What a light!")).to_be_visible()
    expect(page.get_by_role("heading", name="1 comment")).to_be_visible()


def answer_and_edit(page, post):
    page.reload()
    expect(page.get_by_text("What a light!")).to_be_visible()
    expect(page.get_by_role("button", name="Like")).to_contain_text("1")
    page.get_by_role("button", name="More options").click()
    page.get_by_role("menuitem", name="Edit").click()
    page.get_by_role("dialog").get_by_label("Caption").fill("High tide #harbour")
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_text("High tide")).to_be_visible()

    page.get_by_role("link", name="#harbour").click()
    expect(page.get_by_role("heading", name="#harbour")).to_be_visible()

    def is_found():  # what was edited a moment ago is on its way to the index
        page.reload(wait_until="networkidle")
        return page.locator(f"a[href='/p/{post}']").count()

    eventually(is_found)
    page.go_back()


def delete_post(page):
    page.get_by_role("button", name="More options").click()
    page.get_by_role("menuitem", name="Delete").click()
    page.get_by_role("alertdialog").get_by_role("button", name="Delete").click()
    expect(page.locator(".toast").last).to_contain_text("The post is deleted.")


def delete_account(page):
    go_to(page, "Settings")
    page.get_by_role("button", name="Delete the account").click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_label("Password", exact=True).fill(PASSWORD)
    dialog.get_by_role("button", name="Delete the account").click()
    page.wait_for_url("**/login")


def test_a_forgotten_password_is_set_anew_by_letter(browse, system, member):  # Y1 Y13
    ada = member("ada").username
    browser = browse()
    page = browser.open("/login")
    page.get_by_role("link", name="Forgot your password?").click()
    page.get_by_label("E-mail", exact=True).fill(f"{ada}@example.org")
    page.get_by_role("button", name="Send the link").click()
    expect(page.get_by_text("a letter is on its way")).to_be_visible()

    page.goto(link_in_letter(system, f"{ada}@example.org", "reset"))
    page.get_by_label("New password").fill("another horse battery")
    page.get_by_role("button", name="Set the password").click()
    expect(page.get_by_text("Your new password is set.")).to_be_visible()

    browser.log_in(ada, "another horse battery")


def test_a_private_account_lets_its_followers_in(browse, member):  # Y4 Y5 Y13
    ada, ben = member("ada"), member("ben")
    ada.patch(f"/users/{ada.username}", json={"is_private": True})
    adas, bens = browse(), browse()
    b = bens.log_in(ben.username)
    bens.open(f"/u/{ada.username}")
    expect(b.get_by_text("This account is private.")).to_be_visible()
    b.get_by_role("button", name="Ask to follow").click()
    expect(b.get_by_role("button", name="Asked")).to_be_visible()

    a = adas.log_in(ada.username)
    adas.open("/settings")
    a.get_by_role("button", name="Let in").click()
    expect(a.get_by_text("Nobody is asking.")).to_be_visible()
    b.reload()
    expect(b.get_by_role("button", name="Following")).to_be_visible()

    # Ben blocks Ada: neither sees the other; unblocking is in his settings.
    b.get_by_role("button", name="More options").click()
    b.get_by_role("menuitem", name="Block").click()
    b.get_by_role("alertdialog").get_by_role("button", name="Block").click()
    expect(b.get_by_text(f"You have blocked {ada.username}.")).to_be_visible()
    with adas.trouble("404"):
        adas.open(f"/u/{ben.username}")
        expect(a.get_by_text("Nothing here")).to_be_visible()
        a.wait_for_load_state("networkidle")
    bens.open("/settings")
    b.get_by_role("button", name="Unblock").click()
    expect(b.get_by_text("You have blocked nobody.")).to_be_visible()


def test_guests_are_sent_to_log_in_and_members_away_from_it(browse, member):  # Y13
    browser = browse()
    page = browser.open("/upload")
    page.wait_for_url("**/login?next=/upload")
    page.get_by_label("Username or e-mail").fill(member("ada").username)
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="Log in").click()
    page.wait_for_url(f"{browser.system.url}/upload")
    for path in ("/login", "/register", "/"):
        browser.open(path)
        page.wait_for_url("**/feed")
