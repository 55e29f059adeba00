"""What `/docs` says of requests and answers that several views of posts and comments share."""

from drf_yasg import openapi

from common.documents import error, page_of
from common.idempotency import HEADER, KeyReused
from common.waiting import LONGEST
from media.actions.receiving import StoreUnavailable
from posts.actions.drafts import LastPicture, NotADraft
from posts.actions.locks import NotPublished
from posts.actions.scheduling import NotReady
from posts.serializers import PostCard

KEY = openapi.Parameter(
    HEADER,
    openapi.IN_HEADER,
    type=openapi.TYPE_STRING,
    description="Any text of your own: the same key gives the same answer, once.",
)
WAIT = openapi.Parameter(
    "wait",
    openapi.IN_QUERY,
    type=openapi.TYPE_INTEGER,
    description=f"Answer when the pictures are ready, or after so many seconds, at most {LONGEST}.",
)
EMOJI = openapi.Parameter(
    "emoji", openapi.IN_QUERY, type=openapi.TYPE_STRING, description="Only those of this emoji."
)
SORT = openapi.Parameter(
    "sort",
    openapi.IN_QUERY,
    type=openapi.TYPE_STRING,
    enum=["recent", "top"],
    description="`recent`, if nothing is said, or `top`.",
)
CONFLICT = error("idempotency_conflict", "The key was used for something else.", KeyReused.detail)
NO_STORE = error("store_unavailable", "Nothing was kept.", StoreUnavailable.detail)
NOT_PUBLISHED = error("not_published", "Your own, before it is published.", NotPublished.detail)
NOT_A_DRAFT = error("not_a_draft", "It is no draft any more.", NotADraft.detail)
NOT_TO_REMOVE = error("last_picture", "It is scheduled, or no draft.", LastPicture.detail)
NOT_READY = error("not_ready", "Its pictures are missing or failed.", NotReady.detail)
POST_PAGE = openapi.Response("Posts, the newest first.", page_of(PostCard))
