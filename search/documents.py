"""What `/docs` says of searching: the parameters, and the page with its count."""

from typing import Any

from drf_yasg import openapi

from common.documents import error
from search.queries import SearchUnavailable
from search.questions import HAS
from search.serializers import ResultCard, SuggestionsCard
from search.sight import KINDS

SYNTAX = """
Words are looked for in captions, alt texts, tags, usernames and names, in any case, with or
without accents, with a letter or two wrong, and each has to be found. A word may be the beginning
of a longer one. Beside words, `query` understands:

- `"exact words"` side by side, and `-without`, `-"such words"`, `-#tag`
- `#tag` or `tag:name`
- `@name`: the person and their posts. `from:name` or `author:name`: their posts. `from:me`: yours
- `after:2026-01-31`: from that day on. `before:2026-01-31`: until that day begins. Days are in UTC
- `type:post`, `type:user`, `type:tag`
- `has:alt` (every picture is described), `has:album`, `has:caption`, `has:tag`

What makes no sense is looked for as words. Parameters and what is typed have to hold together.
"""


def _parameter(name: str, description: str, **more: Any) -> openapi.Parameter:
    kind = {"type": openapi.TYPE_STRING, **more}
    return openapi.Parameter(name, openapi.IN_QUERY, description, required=False, **kind)


def _choices(name: str, description: str, choices: tuple[str, ...]) -> openapi.Parameter:
    items = openapi.Items(type=openapi.TYPE_STRING, enum=list(choices))
    kind = {"type": openapi.TYPE_ARRAY, "items": items, "collection_format": "multi"}
    return _parameter(name, description, **kind)


QUERY_PARAMETERS = [
    _parameter("query", "What to look for; needed unless there is a filter."),
    _parameter("limit", "How many.", type=openapi.TYPE_INTEGER),
    _parameter("offset", "How many to leave out before.", type=openapi.TYPE_INTEGER),
    _choices("type", "One of these.", KINDS),
    _parameter("author", "Posts of the one with this username; `me` is you."),
    _parameter("tag", "With this tag, in any spelling; may be repeated."),
    _parameter("from", "Published on this day (UTC) or at this time, or later."),
    _parameter("to", "Published on this day (UTC) or at this time, or before."),
    _choices("has", "Posts that have all of these.", HAS),
]
AUTOCOMPLETE_PARAMETERS = [
    openapi.Parameter(
        "query",
        openapi.IN_QUERY,
        "What is typed so far. `#` asks for tags alone, `@` for people.",
        type=openapi.TYPE_STRING,
        required=True,
    ),
    _parameter("limit", "How many.", type=openapi.TYPE_INTEGER),
]

_link = {"type": openapi.TYPE_STRING, "format": openapi.FORMAT_URI, "x_nullable": True}
DEGRADED = (
    "Whether the search works with less than it has: results may be fewer, or in poorer order."
)
RESULTS = openapi.Response(
    "Results, the best first.",
    openapi.Schema(
        title="SearchResultList",
        type=openapi.TYPE_OBJECT,
        required=["count", "next", "previous", "results", "degraded"],
        properties={
            "count": openapi.Schema(
                type=openapi.TYPE_INTEGER, description="How many can be paged through."
            ),
            "next": openapi.Schema(**_link),
            "previous": openapi.Schema(**_link),
            "results": openapi.Schema(type=openapi.TYPE_ARRAY, items=ResultCard),
            "degraded": openapi.Schema(type=openapi.TYPE_BOOLEAN, description=DEGRADED),
        },
    ),
)
SUGGESTIONS = openapi.Response("People and tags.", SuggestionsCard)
UNAVAILABLE = error("search_unavailable", "No engine answers.", SearchUnavailable.detail)
