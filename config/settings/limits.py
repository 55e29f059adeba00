"""What people may send and how often. `GET /instance` publishes the first half.

Every number can be set in the environment under its own name.
"""

from environs import validate

from config.settings.environment import env

USERNAME_MIN_LENGTH = 2  # as `users.names` has it; not settable
USERNAME_MAX_LENGTH = 30  # the column's width; not settable
PASSWORD_MIN_LENGTH = env.int("PASSWORD_MIN_LENGTH", 8)
PASSWORD_MAX_LENGTH = 1024  # a bound on the hasher's work; never below 128
BIO_MAX_LENGTH = env.int("BIO_MAX_LENGTH", 500)
CAPTION_MAX_LENGTH = env.int("CAPTION_MAX_LENGTH", 2_200)
COMMENT_MAX_LENGTH = env.int("COMMENT_MAX_LENGTH", 1_000)
ALT_TEXT_MAX_LENGTH = env.int("ALT_TEXT_MAX_LENGTH", 1_500)
TAGS_MAX_COUNT = env.int("TAGS_MAX_COUNT", 30)
TAG_MAX_LENGTH = env.int("TAG_MAX_LENGTH", 100)
TAGS_FOLLOWED_MAX = env.int("TAGS_FOLLOWED_MAX", 200)  # by one person
TAG_COUNT_MAX = env.int("TAG_COUNT_MAX", 1_000)  # posts that a tag's count looks at
MENTIONS_MAX_COUNT = env.int("MENTIONS_MAX_COUNT", 50)
COLLECTIONS_MAX_COUNT = env.int("COLLECTIONS_MAX_COUNT", 200)  # a person's
MEDIA_MAX_COUNT = env.int("MEDIA_MAX_COUNT", 10)
PHOTO_MAX_BYTES = env.int("PHOTO_MAX_BYTES", 20 * 1024 * 1024)
PHOTO_MAX_PIXELS = env.int("PHOTO_MAX_PIXELS", 40_000_000)
VIDEO_MAX_BYTES = env.int("VIDEO_MAX_BYTES", 100 * 1024 * 1024)
VIDEO_MAX_SECONDS = env.int("VIDEO_MAX_SECONDS", 180)
VIDEO_MAX_PIXELS = env.int("VIDEO_MAX_PIXELS", 9_437_184)  # of a frame: 4096 by 2304
VIDEO_MAX_SIDE = env.int(  # of what is served
    "VIDEO_MAX_SIDE", 1080, validate=validate.Range(min=16, max=4096)
)
UPLOAD_PART_BYTES = env.int(  # S3 takes no smaller parts than 5 MiB
    "UPLOAD_PART_BYTES", 8 * 1024 * 1024, validate=validate.Range(min=5 * 1024 * 1024)
)
UPLOAD_HOURS = env.int("UPLOAD_HOURS", 6, validate=validate.Range(min=1, max=20))  # below a day
UPLOADS_OPEN_MAX = env.int("UPLOADS_OPEN_MAX", 30)  # a person's
BODY_MAX_BYTES = (  # an album, or a video, and its texts
    max(MEDIA_MAX_COUNT * PHOTO_MAX_BYTES, VIDEO_MAX_BYTES) + 2**20
)
PHOTO_TYPES = [  # what `media.probe` reads
    "image/avif",
    "image/gif",
    "image/heif",
    "image/jpeg",
    "image/png",
    "image/webp",
]
VIDEO_TYPES = ["video/mp4", "video/quicktime", "video/webm"]  # what `media.containers` reads
RENDITION_SIZES = [320, 640, 1080]  # longest side, pixels

UPLOAD_WAIT = env.float("UPLOAD_WAIT", 20.0)  # seconds `/api/upload` waits for its picture to hang
WAITERS_MAX = env.int("WAITERS_MAX", 4)  # requests of a web process that may wait at one time

PAGE_SIZE = env.int("PAGE_SIZE", 20)
PAGE_SIZE_MAX = env.int("PAGE_SIZE_MAX", 100)

# Attempts per window; "5/min" reads as five in any one minute's window.
THROTTLE_RATES = {
    "login": env.str("THROTTLE_LOGIN", "5/min"),
    "login_account": env.str("THROTTLE_LOGIN_ACCOUNT", "10/min"),  # from all addresses together
    "register": env.str("THROTTLE_REGISTER", "5/min"),
    "password": env.str("THROTTLE_PASSWORD", "5/min"),
    "letters": env.str("THROTTLE_LETTERS", "5/hour"),  # to one address, whoever asks
    "refresh": env.str("THROTTLE_REFRESH", "120/min"),
    "profile": env.str("THROTTLE_PROFILE", "60/hour"),
    "post": env.str("THROTTLE_POST", "60/hour"),
    "upload": env.str("THROTTLE_UPLOAD", "1200/hour"),  # a photo takes two: begin, complete
    "comment": env.str("THROTTLE_COMMENT", "30/min"),
    "follow": env.str("THROTTLE_FOLLOW", "60/min"),
    "like": env.str("THROTTLE_LIKE", "120/min"),
    "repost": env.str("THROTTLE_REPOST", "60/min"),
    "save": env.str("THROTTLE_SAVE", "120/min"),
    "search": env.str("THROTTLE_SEARCH", "120/min"),
    "autocomplete": env.str("THROTTLE_AUTOCOMPLETE", "300/min"),
}

TIMELINE_BACKFILL = env.int("TIMELINE_BACKFILL", 200)
TIMELINE_INLINE_FOLLOWERS = env.int("TIMELINE_INLINE_FOLLOWERS", 1_000)
TIMELINE_JOIN_FOLLOWERS = env.int("TIMELINE_JOIN_FOLLOWERS", 100_000)
TIMELINE_CHUNK = env.int("TIMELINE_CHUNK", 10_000)

SEARCH_QUERY_MAX_LENGTH = env.int("SEARCH_QUERY_MAX_LENGTH", 500)
SEARCH_WORDS_MAX = env.int("SEARCH_WORDS_MAX", 12)
SEARCH_WINDOW = env.int("SEARCH_WINDOW", 500)  # at most 10,000, where Elasticsearch ends
SEARCH_LIMIT_MAX = env.int("SEARCH_LIMIT_MAX", 100)
SEARCH_FOLLOWS_MAX = env.int("SEARCH_FOLLOWS_MAX", 5_000)
SEARCH_SUGGESTIONS = env.int("SEARCH_SUGGESTIONS", 10)
SEARCH_SUGGESTIONS_MAX = env.int("SEARCH_SUGGESTIONS_MAX", 20)

EXPLORE_SECONDS = env.float("EXPLORE_SECONDS", 60.0, validate=validate.Range(min=1))
EXPLORE_MINUTES = env.float("EXPLORE_MINUTES", 15.0)
EXPLORE_KEEP_MINUTES = env.float("EXPLORE_KEEP_MINUTES", 60.0)
EXPLORE_ACTIVE_DAYS = env.int("EXPLORE_ACTIVE_DAYS", 7)
EXPLORE_CHUNK = env.int("EXPLORE_CHUNK", 100, validate=validate.Range(min=1))
EXPLORE_STATEMENT_SECONDS = env.float("EXPLORE_STATEMENT_SECONDS", 10.0)
EXPLORE_SIZE = env.int("EXPLORE_SIZE", 200)
EXPLORE_PER_AUTHOR = env.int("EXPLORE_PER_AUTHOR", 3)
EXPLORE_SAMPLE = env.int("EXPLORE_SAMPLE", 20_000)
EXPLORE_FOLLOWS = env.int("EXPLORE_FOLLOWS", 100)
EXPLORE_EACH = env.int("EXPLORE_EACH", 20)
_HOURS = validate.Range(min=0, min_inclusive=False)
EXPLORE_WEIGHTS = {  # as `recommendations.scoring` has them
    "half_life": env.float("EXPLORE_HALF_LIFE", 48.0, validate=_HOURS),
    "fresh_half_life": env.float("EXPLORE_FRESH_HALF_LIFE", 12.0, validate=_HOURS),
    "fresh": env.float("EXPLORE_FRESH", 1.0),
    "reaction": env.float("EXPLORE_REACTION", 1.0),
    "comment": env.float("EXPLORE_COMMENT", 2.0),
    "popular": env.float("EXPLORE_POPULAR", 0.25),
    "engaged": env.float("EXPLORE_ENGAGED", 3.0, validate=_HOURS),
    "friends": env.float("EXPLORE_FRIENDS", 2.0),
    "own": env.float("EXPLORE_OWN", 1.5),
    "site": env.float("EXPLORE_SITE", 0.5),
}

CARDS_KEPT = env.int("CARDS_KEPT", 20_000)  # about a kilobyte each, in every web process

CODE_MINUTES = env.int("CODE_MINUTES", 60)
CODE_TRIES = env.int("CODE_TRIES", 5)

PURGE_AFTER_DAYS = env.int("PURGE_AFTER_DAYS", 30)
