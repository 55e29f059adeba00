"""Frozen and killed parts (Y8): no request fails or hangs, and no work is lost."""

import itertools
import json
import os
import time

import httpx
import psutil
import psycopg
import pytest

from tests.media import clips
from tests.system import eventually

numbers = itertools.count(1)


@pytest.fixture
def pair(system):
    """Somebody who posts and somebody who follows them."""
    number = next(numbers)
    author, reader = system.person(f"author{number}"), system.person(f"reader{number}")
    assert reader.post(f"/users/follow/author{number}").status_code == 200
    return author, reader


def state(author, post_id):
    return author.get(f"/posts/{post_id}/").json()["state"]


def published(author, post_id):
    return state(author, post_id) == "published"


def timed(call):
    began = time.monotonic()
    return call(), time.monotonic() - began


def test_a_post_reaches_the_follower(pair):
    author, reader = pair
    posted = author.publish(2, caption="hello")

    assert (posted.status_code, posted.json()["state"]) == (201, "processing")
    post_id = posted.json()["id"]
    eventually(lambda: reader.timeline() == [post_id])
    assert author.get("/posts/timeline/").json()["results"][0]["media"][0]["state"] == "ready"


@pytest.mark.parametrize("fault", ["pause", "kill"])
def test_without_redis_a_post_is_taken_within_a_second_and_done_when_redis_is_back(
    system, pair, fault
):
    author, reader = pair
    getattr(system.redis, fault)()
    try:
        for _ in range(3):
            posted, seconds = timed(lambda: author.publish(caption="while Redis is away"))
            assert posted.status_code == 201
            assert seconds < 1.0
        post_id = posted.json()["id"]
        for path in ("/posts/timeline/", "/posts/", f"/posts/{post_id}/", "/users/", "/instance"):
            read, seconds = timed(lambda p=path: author.get(p))
            assert read.status_code == 200, (path, read.text)
            assert seconds < 0.5, path
        assert state(author, post_id) == "processing"
    finally:
        system.redis.resume()
        system.redis.start()

    eventually(lambda: len(reader.timeline()) == 3, seconds=90)


def test_a_frozen_redis_adds_at_most_300_ms_to_any_read(system, pair):
    author, _ = pair
    paths = ["/posts/timeline/", "/posts/", "/users/", "/instance"]
    before = {path: min(timed(lambda p=path: author.get(p))[1] for _ in range(3)) for path in paths}
    system.redis.pause()
    try:
        for _ in range(3):
            for path in paths:
                read, seconds = timed(lambda p=path: author.get(p))
                assert read.status_code == 200
                assert seconds - before[path] < 0.3, path
            time.sleep(2.1)  # the rest after a failure ends: somebody pays again
    finally:
        system.redis.resume()


def test_a_web_process_killed_after_the_commit_loses_no_work(system, pair):
    """The rows are committed and nothing was handed over: as if killed between the two."""
    author, reader = pair
    system.redis.pause()
    posted = author.publish(caption="then the power went")
    assert posted.status_code == 201
    system.web.kill()
    system.redis.resume()
    system.start_web()

    eventually(lambda: reader.timeline() == [posted.json()["id"]], seconds=60)


def test_a_worker_killed_in_the_middle_of_photos_loses_no_work(system, pair):
    author, reader = pair
    ids = [author.publish(10, width=3000, caption=str(n)).json()["id"] for n in range(2)]

    def begun():
        media = author.get(f"/posts/{ids[0]}/").json()["media"]
        return any(each["state"] == "ready" for each in media)

    eventually(begun, seconds=30)
    system.worker.kill()
    time.sleep(0.5)
    system.worker.start()

    eventually(lambda: sorted(reader.timeline()) == ids, seconds=90)
    for post_id in ids:
        media = reader.get(f"/posts/{post_id}/").json()["media"]
        assert [each["state"] for each in media] == ["ready"] * 10
        for each in media:
            assert httpx.get(each["url"]).status_code == 200


def test_a_worker_killed_in_the_middle_of_a_video_loses_no_work_and_leaves_no_process(system, pair):
    author, reader = pair
    content = clips.clip(picture="testsrc2=s=1280x720:d=30:r=25", sound=None)
    files = {"images": ("a.mp4", content, "video/mp4")}
    post_id = author.post("/posts/", data={"type": "reel"}, files=files).json()["id"]

    def progress():
        (media,) = author.get(f"/posts/{post_id}/").json()["media"]
        return media["progress"]

    def transcoders():
        found = psutil.process_iter(["cmdline"])
        return [each for each in found if "made.mp4" in (each.info["cmdline"] or [])]

    eventually(progress, seconds=60)
    assert transcoders()
    for child in psutil.Process(system.worker.pid).children():
        child.kill()  # not their children: ffmpeg sees to itself
    system.worker.kill()
    eventually(lambda: not transcoders())
    system.worker.start()

    eventually(lambda: reader.timeline() == [post_id], seconds=90)
    (media,) = reader.get(f"/posts/{post_id}/").json()["media"]
    piece = httpx.get(media["url"], headers={"Range": "bytes=0-9"})
    assert (piece.status_code, piece.headers["content-type"]) == (206, "video/mp4")
    assert media["duration_seconds"] == 30.0


def test_a_photo_does_not_wait_for_a_video(system, pair):
    """With a worker for the queue of videos, as `make up` and the containers have."""
    author, reader = pair
    system.worker.kill()
    celery = (*("celery", "-A", "config", "worker", "-l", "INFO", "--concurrency", "1"), "--queues")
    news = system._process("news", *celery, "default,media", "--hostname", "news@%h")
    videos = system._process("videos", *celery, "video", "--hostname", "videos@%h")
    with news, videos:
        content = clips.clip(picture="testsrc2=s=1280x720:d=30:r=25", sound=None)
        files = {"images": ("a.mp4", content, "video/mp4")}
        film = author.post("/posts/", files=files).json()["id"]
        eventually(lambda: author.get(f"/posts/{film}/").json()["media"][0]["progress"], seconds=60)

        photo = author.publish(caption="quick").json()["id"]

        eventually(lambda: reader.timeline() == [photo])
        assert state(author, film) == "processing"
        eventually(lambda: sorted(reader.timeline()) == [film, photo], seconds=90)


def test_a_database_that_is_gone_is_an_honest_error_and_comes_back(system, pair):
    """Every connection is cut, as by a restart of PostgreSQL: the next requests simply work."""
    author, _ = pair
    author.get("/users/")
    with psycopg.connect(os.environ["DATABASE_URL"], autocommit=True) as admin:
        admin.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = 'yafig_faults'"
        )

    answers = {author.get("/posts/timeline/").status_code for _ in range(20)}
    assert answers == {200}
    posted = author.publish(caption="after the restart")
    assert posted.status_code == 201
    eventually(lambda: published(author, posted.json()["id"]), seconds=60)


def test_the_memory_of_every_worker_is_capped(system):
    """A PNG of half a megabyte can ask for 723 MiB: one post fails, and no machine dies."""
    leader, *children = system.worker.family()

    limits = {each.rlimit(psutil.RLIMIT_AS) for each in children}

    assert limits == {(1536 * 2**20, 1536 * 2**20)}, leader


def test_the_id_of_a_request_is_in_the_logs_of_the_work_it_left(system, pair):
    author, _ = pair
    author.headers["X-Request-Id"] = f"find-me-{next(numbers)}"

    posted = author.publish(caption="traced")

    assert posted.headers["X-Request-Id"] == author.headers["X-Request-Id"]
    eventually(lambda: published(author, posted.json()["id"]))

    def traced():
        lines = system.log("worker").read_text().splitlines()
        return [line for line in lines if author.headers["X-Request-Id"] in line]

    logged = json.loads(eventually(traced)[0])
    assert (logged["event"], logged["subscriber"]) == ("delivery.done", "posts.process_post")
