"""Settings of every Yafig server. Each value that may differ comes from the environment.

`docs/settings.md` tells what each variable does; a test keeps it complete.
"""

from datetime import timedelta
from pathlib import Path
from typing import Any

from environs import validate

from common.logging import logging_config
from config.settings import environment
from config.settings.limits import *  # noqa: F403
from config.settings.limits import PAGE_SIZE, PASSWORD_MIN_LENGTH
from config.settings.storages import photo_storages

BASE_DIR: Path = environment.BASE_DIR
env = environment.env

VERSION = "0.1.0"
DEBUG = env.bool("DEBUG", False)
SECRET_KEY = env.str("SECRET_KEY")
SITE_URL = env.str("SITE_URL", "http://127.0.0.1:8000").rstrip("/")
FRONTEND_URL = env.str("FRONTEND_URL", SITE_URL).rstrip("/")
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", ["127.0.0.1", "localhost", "[::1]"])
CSRF_TRUSTED_ORIGINS = env.list("CSRF_TRUSTED_ORIGINS", [SITE_URL])
TRUSTED_PROXIES = env.int("TRUSTED_PROXIES", 0)

FIRST_PARTY_APPS = [
    "events",
    "instance",
    "media",
    "users",
    "posts",
    "comments",
    "showcase",
    "search",
    "recommendations",
]
INSTALLED_APPS = [
    *FIRST_PARTY_APPS,
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.messages",
    "django.contrib.postgres",
    "django.contrib.sessions",
    "django.contrib.staticfiles",
    "cacheops",
    "django_filters",
    "drf_yasg",
    "rest_framework",
    "config",  # last: its admin.py takes out what others have registered
]
MIDDLEWARE = [
    "common.middleware.RequestId",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "common.origins.CrossOrigin",
    "showcase.reasons.ReasonForFailure",
    "common.middleware.BodyLimit",
    "common.middleware.OnlyUTF8",
    "config.frontend.PagesForPeople",
    "common.middleware.OptionalSlash",
    "common.middleware.AdminOnly",
]
SILENCED_SYSTEM_CHECKS = [
    "admin.E408",  # the admin's middleware is inside common.middleware.AdminOnly
    "admin.E409",
    "admin.E410",
    "auth.E003",  # usernames are unique whatever the case, by a constraint on Lower("username")
]
ROOT_URLCONF = "config.urls"
WSGI_APPLICATION = "config.wsgi.application"
APPEND_SLASH = False
EVENT_SUBSCRIPTIONS = "config.subscriptions.SUBSCRIPTIONS"
PICTURE_RULES = "config.pictures.RULES"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ],
        },
    }
]

# --- The database ----------------------------------------------------------------------------
STATEMENT_TIMEOUT = env.int("DATABASE_STATEMENT_TIMEOUT", 15_000)  # milliseconds
DATABASES: dict[str, Any] = {"default": env.dj_db_url("DATABASE_URL", conn_max_age=None)}
DATABASES["default"]["CONN_HEALTH_CHECKS"] = True
DATABASES["default"].setdefault("OPTIONS", {}).update(
    {
        "connect_timeout": 3,
        "options": f"-c statement_timeout={STATEMENT_TIMEOUT} -c lock_timeout=10000"
        # What pages read is in memory or on SSDs, and small: indexes, and no compiling.
        # The statements that are prepared are few, and planned once.
        " -c random_page_cost=1.1 -c jit=off -c plan_cache_mode=force_generic_plan"
        " -c idle_in_transaction_session_timeout=60000",
        # Only `common.statements` prepares: Django's own cursors bind on the client.
        "prepare_threshold": 0 if env.bool("DATABASE_PREPARE", True) else None,
    }
)
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# --- Redis: broker, throttles, cacheops --------------------------------------------------------
REDIS_URL = env.str("REDIS_URL")
REDIS_TIMEOUT = env.float("REDIS_TIMEOUT", 0.1)  # seconds a request may lose to a frozen Redis
REDIS_PAUSE = env.float("REDIS_PAUSE", 2.0)  # seconds Redis is left alone after it failed
CACHEOPS_REDIS = REDIS_URL
CACHEOPS_CLIENT_CLASS = "common.redis.CacheClient"  # with the time limits and pauses above
CACHEOPS_DEGRADE_ON_FAILURE = True
CACHEOPS = {"instance.site": {"ops": {"get"}, "timeout": 60}}

# --- Search ------------------------------------------------------------------------------------
ELASTICSEARCH_URL = env.str("ELASTICSEARCH_URL", "")  # without it PostgreSQL searches alone
ELASTICSEARCH_API_KEY = env.str("ELASTICSEARCH_API_KEY", "")
ELASTICSEARCH_CA_CERTS = env.str("ELASTICSEARCH_CA_CERTS", "")
ELASTICSEARCH_PREFIX = env.str("ELASTICSEARCH_PREFIX", "yafig-")
ELASTICSEARCH_SHARDS = env.int("ELASTICSEARCH_SHARDS", 1)
ELASTICSEARCH_REPLICAS = env.int("ELASTICSEARCH_REPLICAS", 0)
SEARCH_TIMEOUT = env.float("SEARCH_TIMEOUT", 0.4)  # seconds a request may wait for an engine
SEARCH_PAUSE = env.float("SEARCH_PAUSE", 2.0)  # seconds Elasticsearch is left alone after it failed
SEARCH_SEND_TIMEOUT = env.float("SEARCH_SEND_TIMEOUT", 5.0)  # seconds work may wait for it
SEARCH_SEND_SECONDS = env.float("SEARCH_SEND_SECONDS", 10.0)  # between two looks at what is unsent
SEARCH_CHECK_SECONDS = env.float("SEARCH_CHECK_SECONDS", 60.0)

# --- Background work ---------------------------------------------------------------------------
TASK_TIME_LIMIT = env.int("TASK_TIME_LIMIT", 120)  # seconds
WORKER_MEMORY_LIMIT = env.int("WORKER_MEMORY_LIMIT", 1536)  # MiB of address space for one process
FFMPEG = env.str("FFMPEG", "ffmpeg")  # a path, or a name to be found; empty: no videos
VIDEO_TIMEOUT = env.int("VIDEO_TIMEOUT", 900)  # seconds
VIDEO_TASK_LIMIT = VIDEO_TIMEOUT + 300  # seconds, with fetching it and keeping what was made
VIDEO_LEASE = env.int("VIDEO_LEASE", 180)  # seconds; longer than the longest call of a store
VIDEO_SWEEP_SECONDS = env.float("VIDEO_SWEEP_SECONDS", 30.0)
VIDEO_THREADS = env.int("VIDEO_THREADS", 2)
VIDEO_MEMORY_LIMIT = env.int("VIDEO_MEMORY_LIMIT", 1536)  # MiB of address space for ffmpeg
EVENTS_COURIER = env.bool("EVENTS_COURIER", True)
EVENTS_GRACE = env.int("EVENTS_GRACE", 15)  # seconds until the sweeper takes over a delivery
EVENTS_LEASE = env.int(
    "EVENTS_LEASE", TASK_TIME_LIMIT + 10
)  # seconds a running delivery is left alone
EVENTS_MAX_ATTEMPTS = env.int("EVENTS_MAX_ATTEMPTS", 12)
SWEEP_SECONDS = env.float("SWEEP_SECONDS", 5.0)
CELERY_BROKER_URL = REDIS_URL
CELERY_TASK_IGNORE_RESULT = True
CELERY_ACCEPT_CONTENT = ["json"]
CELERY_TASK_SERIALIZER = "json"
CELERY_TASK_ACKS_LATE = True
CELERY_TASK_REJECT_ON_WORKER_LOST = True
CELERY_TASK_TIME_LIMIT = TASK_TIME_LIMIT
CELERY_TASK_SOFT_TIME_LIMIT = TASK_TIME_LIMIT - 10
CELERY_TASK_DEFAULT_QUEUE = "default"
CELERY_TASK_PUBLISH_RETRY = False
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_WORKER_HIJACK_ROOT_LOGGER = False
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_BROKER_CONNECTION_MAX_RETRIES = None
CELERY_BROKER_TRANSPORT_OPTIONS = {
    "visibility_timeout": max(TASK_TIME_LIMIT, VIDEO_TASK_LIMIT) + 60,
    "socket_timeout": 5,
    "socket_connect_timeout": 1,
    "socket_keepalive": True,
    "health_check_interval": 10,
}
CELERY_BEAT_SCHEDULE_FILENAME = env.str("BEAT_SCHEDULE", str(BASE_DIR / "var" / "beat"))

# --- Accounts ----------------------------------------------------------------------------------
AUTH_USER_MODEL = "users.User"
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": PASSWORD_MIN_LENGTH},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]
SIMPLE_JWT = {
    "ACCESS_TOKEN_LIFETIME": timedelta(minutes=10),
    "REFRESH_TOKEN_LIFETIME": timedelta(days=14),
    "SIGNING_KEY": env.str("JWT_SIGNING_KEY", SECRET_KEY),
    "ALGORITHM": "HS256",
}
PASSWORD_RESET_TIMEOUT = 3 * 24 * 3600  # seconds a link in a letter works

# --- HTTP --------------------------------------------------------------------------------------
REST_FRAMEWORK = {
    "DEFAULT_AUTHENTICATION_CLASSES": ["users.authentication.BearerAuthentication"],
    "DEFAULT_PERMISSION_CLASSES": ["rest_framework.permissions.IsAuthenticated"],
    "DEFAULT_RENDERER_CLASSES": ["common.renderers.JSONRenderer"],
    "DEFAULT_CONTENT_NEGOTIATION_CLASS": "common.renderers.OnlyJSON",
    "DEFAULT_PARSER_CLASSES": [
        "common.parsers.JSONParser",
        "rest_framework.parsers.MultiPartParser",
        "rest_framework.parsers.FormParser",
    ],
    "DEFAULT_PAGINATION_CLASS": "common.pagination.NewestFirst",
    "DEFAULT_FILTER_BACKENDS": [],
    "DEFAULT_VERSIONING_CLASS": None,
    "EXCEPTION_HANDLER": "common.problems.exception_handler",
    "PAGE_SIZE": PAGE_SIZE,
    "NUM_PROXIES": TRUSTED_PROXIES,
    "TEST_REQUEST_DEFAULT_FORMAT": "json",
    "UNAUTHENTICATED_USER": "django.contrib.auth.models.AnonymousUser",
}
DATA_UPLOAD_MAX_MEMORY_SIZE = 2_500_000  # bytes of a body outside its files
DATA_UPLOAD_MAX_NUMBER_FILES = 20
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if TRUSTED_PROXIES else None
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = SITE_URL.startswith("https://")
SESSION_COOKIE_SAMESITE = "Lax"
X_FRAME_OPTIONS = "DENY"
SWAGGER_USE_COMPAT_RENDERERS = False
SWAGGER_SETTINGS = {
    "DEFAULT_INFO": "config.documents.INFO",
    "DEFAULT_AUTO_SCHEMA_CLASS": "common.documents.AutoSchema",
    "USE_SESSION_AUTH": False,
    "SECURITY_DEFINITIONS": {
        "Bearer": {
            "type": "apiKey",
            "name": "Authorization",
            "in": "header",
            "description": "`Bearer ` and the access token from `POST /users/login`.",
        }
    },
}

# --- Files -------------------------------------------------------------------------------------
STATIC_URL = "/static/"
FRONTEND_ROOT = env.path("FRONTEND_ROOT", BASE_DIR / "frontend" / ".output" / "public")
WHITENOISE_ROOT = FRONTEND_ROOT if FRONTEND_ROOT.is_dir() else None
WHITENOISE_IMMUTABLE_FILE_TEST = r"^/_nuxt/"  # names with a hash of what is in them
STATIC_ROOT = env.path("STATIC_ROOT", BASE_DIR / "var" / "static")
MEDIA_ROOT = env.path("MEDIA_ROOT", BASE_DIR / "var" / "media")
MEDIA_URL = env.str("MEDIA_URL", f"{SITE_URL}/media/")  # or a CDN's or bucket's; ends in /
MEDIA_ACCEL_REDIRECT = env.str("MEDIA_ACCEL_REDIRECT", "")  # an internal location of nginx
MEDIA_ACCEL_REDIRECT_SIGNED = env.str("MEDIA_ACCEL_REDIRECT_SIGNED", "")  # another
SIGNED_URL_HOURS = env.int("SIGNED_URL_HOURS", 8, validate=validate.Range(min=2, max=168))
STORAGES: dict[str, Any] = {
    **photo_storages(env, MEDIA_ROOT),
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedStaticFilesStorage"},
}

# --- Mail, language, logs ----------------------------------------------------------------------
MAIL_DIR = env.path("MAIL_DIR", BASE_DIR / "var" / "mail")
DEFAULT_FROM_EMAIL = env.str("MAIL_FROM", "Yafig <yafig@localhost>")
EMAIL_TIMEOUT = 10
if EMAIL_URL := env.str("EMAIL_URL", ""):
    globals().update(env.dj_email_url("EMAIL_URL"))
else:  # one file a letter, for laptops
    EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
    EMAIL_FILE_PATH = MAIL_DIR
LANGUAGE_CODE = "en"
TIME_ZONE = "UTC"
USE_TZ = True
LOGGING_CONFIG = None
logging_config(level=env.str("LOG_LEVEL", "INFO"), as_json=env.bool("LOG_JSON", True))
