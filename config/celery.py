"""The Celery application: late acknowledgement, JSON, and a cap on each worker's memory."""

import os
import resource
from typing import Any

from celery import Celery
from celery.signals import worker_process_init
from django.conf import settings
from kombu import Queue

from config.schedule import schedule

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.base")

QUEUES = ("default", "media", "video")  # pictures do not hold up news, nor videos pictures

app = Celery("yafig")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.conf.task_queues = tuple(Queue(name) for name in QUEUES)
app.add_defaults(lambda: {"beat_schedule": schedule()})
app.autodiscover_tasks()


@worker_process_init.connect
def cap_memory(**_: Any) -> None:
    """Let a hostile picture end in a MemoryError, not in the kernel killing its neighbours."""
    limit = settings.WORKER_MEMORY_LIMIT * 1024 * 1024
    resource.setrlimit(resource.RLIMIT_AS, (limit, limit))
