"""L1, Y13: signing up by the six digits of a letter, before there is an account."""

import re
from email import message_from_bytes, policy

from playwright.sync_api import expect

from tests.browser.conftest import Names, go_to
from tests.conftest import PASSWORD
from tests.system import eventually


def somebody():
    Names.count += 1
    return f"ada{Names.count}"


def codes_to(system, address):
    """The codes of all letters to somebody, in the order in which they were written."""
    found = []
    for path in sorted((system.folder / "mail").glob("*"), key=lambda path: path.stat().st_mtime):
        for raw in path.read_bytes().split(b"\n" + b"-" * 79):
            letter = message_from_bytes(raw.lstrip(), policy=policy.default)
            body = letter.get_body(("plain",)) if letter["To"] == address else None
            found += re.findall(r"^\d{6}$", body.get_content(), re.MULTILINE) if body else []
    return found


def asking(browser, name):
    page = browser.open("/register")
    page.get_by_role("button", name="With a code instead").click()
    page.get_by_label("E-mail").fill(f"{name}@example.org")
    page.get_by_role("button", name="Send the code").click()
    expect(page.get_by_label("Code", exact=True)).to_be_focused()
    return page


def test_a_code_proves_the_address_and_the_account_comes_after(browse, system):
    ada = somebody()
    address = f"{ada}@example.org"
    page = asking(browse(), ada)
    code = page.get_by_label("Code", exact=True)
    assert code.get_attribute("autocomplete") == "one-time-code"

    digits = eventually(lambda: codes_to(system, address))[-1]
    code.fill(f"{digits[:3]} {digits[3:]}")  # as some letters and phones write it
    page.get_by_role("button", name="Go on").click()
    expect(page.get_by_text(f"{address} is yours.")).to_be_visible()
    page.get_by_label("Username").fill(ada)
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="Create an account").click()
    page.wait_for_url("**/feed")

    go_to(page, "Settings")
    expect(page.get_by_text("Confirmed", exact=True)).to_be_visible()


def test_a_wrong_code_is_told_in_words_and_a_new_one_ends_the_old(browse, system):
    ada = somebody()
    address = f"{ada}@example.org"
    browser = browse()
    page = asking(browser, ada)
    old = eventually(lambda: codes_to(system, address))[-1]
    code = page.get_by_label("Code", exact=True)

    with browser.trouble("400"):
        code.fill("000000" if old != "000000" else "000001")
        page.get_by_role("button", name="Go on").click()
        expect(page.get_by_text("This code is wrong or has expired.")).to_be_visible()
        expect(code).to_be_focused()
        page.get_by_role("button", name="Send a new code").click()
        expect(page.locator(".toast")).to_contain_text("A new code is on its way.")
        new = eventually(lambda: (codes_to(system, address)[1:] or [None])[-1])
        expect(page.get_by_text("This code is wrong or has expired.")).to_have_count(0)
        if new != old:
            code.fill(old)
            page.get_by_role("button", name="Go on").click()
            expect(page.get_by_text("This code is wrong or has expired.")).to_be_visible()
    code.fill(new)
    page.get_by_role("button", name="Go on").click()
    expect(page.get_by_label("Username")).to_be_focused()


def test_a_name_that_is_taken_costs_no_new_code(browse, system, member):
    taken, ada = member("ben").username, somebody()
    browser = browse()
    page = asking(browser, ada)
    digits = eventually(lambda: codes_to(system, f"{ada}@example.org"))[-1]
    page.get_by_label("Code", exact=True).fill(digits)
    page.get_by_role("button", name="Go on").click()
    page.get_by_label("Username").fill(taken)
    page.get_by_label("Password", exact=True).fill(PASSWORD)

    with browser.trouble("400"):
        page.get_by_role("button", name="Create an account").click()
        expect(page.get_by_text("Somebody has this name already.")).to_be_visible()
    page.get_by_label("Username").fill(ada)
    page.get_by_role("button", name="Create an account").click()
    page.wait_for_url("**/feed")
