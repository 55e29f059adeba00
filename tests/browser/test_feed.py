"""Y13: the feed keeps its place, moves nothing, and stays small however long it is."""

from playwright.sync_api import expect

from tests.browser.conftest import published

FILL = """
from datetime import timedelta
from django.utils import timezone
from media.models import Media
from posts.models import Post, PostMedia
from users.models import TimelineEntry
kept = PostMedia.objects.get(post_id={post})
picture, author, now = kept.media, kept.post.author_id, timezone.now()
posts = Post.objects.bulk_create([
    Post(author_id=author, caption=f"Number {{n}}", state="published", type="photo",
         published_at=now - timedelta(minutes=n + 1)) for n in range({count})
])
pictures = Media.objects.bulk_create([
    Media(owner_id=picture.owner_id, state="ready", original=picture.original, mime=picture.mime,
          size=picture.size, width=picture.width, height=picture.height,
          blurhash=picture.blurhash, renditions=picture.renditions) for _ in posts
])
PostMedia.objects.bulk_create(
    [PostMedia(post=post, media=media, position=0) for post, media in zip(posts, pictures)]
)
TimelineEntry.objects.bulk_create(
    [TimelineEntry(owner_id=author, post_id=post.pk, author_id=author,
                   shown_at=post.published_at) for post in posts]
)
"""
SHIFTS = """
window.shift = 0
new PerformanceObserver((list) => list.getEntries().forEach((each) => {
  if (!each.hadRecentInput) window.shift += each.value
})).observe({ type: 'layout-shift', buffered: true })
"""


def filled(system, ada, count):
    system.manage("shell", "-c", FILL.format(post=published(ada, caption="The first"), count=count))


def scroll_to(page, text):
    """As a person would: screen after screen, until it is there."""
    for _ in range(400):
        if page.get_by_text(text, exact=True).count():
            return
        page.mouse.wheel(0, 1500)
        page.wait_for_timeout(25)
    raise AssertionError(f"{text} never came")


def test_a_feed_of_a_thousand_posts_has_few_nodes_and_nothing_jumps(browse, system, member):
    ada = member("ada")
    filled(system, ada, 1000)
    browser = browse()
    browser.context.add_init_script(SHIFTS)
    page = browser.log_in(ada.username)
    expect(page.get_by_text("The first")).to_be_visible()

    most = 0
    for number in range(99, 1000, 100):
        scroll_to(page, f"Number {number}")
        most = max(most, page.evaluate("document.querySelectorAll('*').length"))

    assert page.locator("article").count() <= 8
    assert most < 700
    assert page.evaluate("window.shift") < 0.02


def test_back_brings_one_where_one_was(browse, system, member):
    ada = member("ada")
    filled(system, ada, 60)
    browser = browse()
    page = browser.log_in(ada.username)
    scroll_to(page, "Number 40")
    page.get_by_text("Number 40", exact=True).scroll_into_view_if_needed()
    page.wait_for_timeout(300)
    before = page.evaluate("scrollY")
    card = page.get_by_role("article").filter(has_text="Number 40")

    card.locator("time").click()
    page.wait_for_url("**/p/*")
    expect(page.get_by_role("heading", name="0 comments")).to_be_visible()
    assert page.evaluate("scrollY") == 0
    page.go_back()

    expect(page.get_by_text("Number 40", exact=True)).to_be_in_viewport()
    assert abs(page.evaluate("scrollY") - before) < 40


def test_new_posts_are_offered_and_do_not_move_what_one_looks_at(browse, system, member):
    ada = member("ada")
    filled(system, ada, 30)
    browser = browse()
    browser.page.clock.install()
    page = browser.log_in(ada.username)
    expect(page.get_by_text("The first")).to_be_visible()
    scroll_to(page, "Number 10")
    before = page.evaluate("scrollY")

    published(ada, caption="The latest")
    page.clock.fast_forward("01:01")
    button = page.get_by_role("button", name="Show the new post")
    expect(button).to_be_visible()
    assert page.evaluate("scrollY") == before
    button.click()

    expect(page.get_by_text("The latest")).to_be_in_viewport()
    assert page.evaluate("scrollY") == 0


def test_an_album_is_turned_by_keys_and_by_swiping(browse, member):
    ada = member("ada")
    published(ada, count=3)
    browser = browse()
    page = browser.log_in(ada.username)
    album = page.get_by_role("group", name="Picture 1 of 3")
    album.focus()
    page.keyboard.press("ArrowRight")
    expect(page.get_by_role("group", name="Picture 2 of 3")).to_be_visible()
    page.locator(".scroller").evaluate("(box) => box.scrollTo({ left: 2 * box.clientWidth })")
    expect(page.get_by_role("group", name="Picture 3 of 3")).to_be_visible()
    page.get_by_role("button", name="Previous picture").click()
    expect(page.get_by_role("group", name="Picture 2 of 3")).to_be_visible()


def test_a_long_caption_folds(browse, member):
    ada = member("ada")
    published(ada, caption="word " * 100 + "end")
    page = browse().log_in(ada.username)
    card = page.get_by_role("article")
    expect(card).not_to_contain_text("end")
    card.get_by_role("button", name="More", exact=True).click()
    expect(card).to_contain_text("end")
