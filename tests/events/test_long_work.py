"""Work that takes longer than other work (decision 0143): its time, its lease and its queue."""

from datetime import timedelta

import pytest
from celery import current_app
from django.db import transaction
from django.utils import timezone
from kombu import Queue

from config.celery import QUEUES
from config.subscriptions import SUBSCRIPTIONS
from events import actions, courier
from events.courier import Parcel
from events.events import subscriber
from events.models import Announcement
from media.events import MediaDeleted, VideoDue
from media.tasks import process_video

pytestmark = pytest.mark.django_db


def claimed(event, name):
    with transaction.atomic():
        actions.announce(event)
    row = Announcement.objects.latest("id")
    begun = actions.claim(row.pk, name)
    assert begun
    return begun.due_at - timezone.now()


def test_whoever_may_take_long_is_left_alone_for_long(settings):
    video = claimed(VideoDue(media_id=1), "media.process_video")
    files = claimed(MediaDeleted(folders=[]), "media.remove_files")

    assert video > timedelta(seconds=settings.VIDEO_TASK_LIMIT)
    assert files <= timedelta(seconds=settings.EVENTS_LEASE)


def test_the_broker_gives_it_back_to_nobody_meanwhile(settings):
    visible_after = settings.CELERY_BROKER_TRANSPORT_OPTIONS["visibility_timeout"]
    longest = [each.seconds or 0 for several in SUBSCRIPTIONS.values() for each in several]
    assert visible_after > max(*longest, settings.TASK_TIME_LIMIT)


def test_every_subscriber_names_a_queue_that_there_is():
    named = {each.queue for several in SUBSCRIPTIONS.values() for each in several}
    assert named == set(QUEUES)


def test_a_parcel_takes_its_time_limits_along(settings):
    name = "of-this-test"
    with current_app.connection_for_write() as connection:
        queue = Queue(name)(connection.channel())
        queue.declare()
        courier.send(Parcel(1, process_video.name, name, process_video.seconds))
        courier.send(Parcel(2, "other", name))
        long, short = queue.get(no_ack=True), queue.get(no_ack=True)
        queue.delete()

    limit = settings.VIDEO_TASK_LIMIT
    assert long
    assert short
    assert list(long.headers["timelimit"]) == [limit, limit - 10]
    assert list(short.headers["timelimit"]) == [None, None]


def test_a_subscriber_has_the_common_time_unless_it_says_otherwise():
    assert subscriber(lambda: None).seconds is None
    assert subscriber(seconds=5)(lambda: None).seconds == 5
