"""The suite's settings: real servers from the environment, quick passwords, no courier thread."""

import os
import tempfile
from pathlib import Path

os.environ.setdefault("SECRET_KEY", "only-for-tests-only-for-tests-only-for-tests")
os.environ.setdefault("DATABASE_URL", "postgres:///yafig")
os.environ.setdefault("REDIS_URL", "redis://127.0.0.1:6379/0")
os.environ.setdefault("LOG_JSON", "false")
os.environ.setdefault("LOG_LEVEL", "ERROR")

from config.settings.base import *  # noqa: F403
from config.settings.base import ELASTICSEARCH_URL, INSTALLED_APPS, MIDDLEWARE, STORAGES
from config.settings.storages import folders

INSTALLED_APPS = [*INSTALLED_APPS, "zeal"]
MIDDLEWARE = [*MIDDLEWARE, "zeal.middleware.zeal_middleware"]
ZEAL_RAISE = True
ALLOWED_HOSTS = ["*"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
EVENTS_COURIER = False
TEST_ELASTICSEARCH_URL = ELASTICSEARCH_URL  # only for tests that ask: `elasticsearch_engine`
ELASTICSEARCH_URL = ""
MEDIA_ROOT = Path(tempfile.mkdtemp(prefix="yafig-test-"))
MEDIA_URL = "http://testserver/media/"
STORAGES = {
    **STORAGES,
    **folders(MEDIA_ROOT),
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
STATIC_ROOT = MEDIA_ROOT / "static"
STATIC_ROOT.mkdir(exist_ok=True)
# The pages in the tree are built anew while tests run: a test that wants some brings them.
FRONTEND_ROOT = MEDIA_ROOT / "pages"
WHITENOISE_ROOT = None
