"""The description of the API: `/docs` for people, `/docs/swagger.json` for programs.

It is made from the urls and the views, the same on every server, and kept in the repository
as `docs/swagger.json`, where a test compares the two.
"""

import functools
import json
import re
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from drf_yasg import openapi

from common.documents import JSON, Generator

INTRODUCTION = """
Photos, the people who post them, and what others say to them.

**Log in** with the form above, or from a program:

    curl https://yafig.example.org/users/login \\
      -H 'Content-Type: application/json' -d '{"username": "ada", "password": "…"}'

answers `{"access": "…", "refresh": "…"}`. Send `Authorization: Bearer <access>` with every
request. The access token lives for ten minutes; `POST /users/refresh {"refresh": "…"}` gives a
new pair, once: whoever sends a spent refresh token ends the whole session, since one of the two
senders has stolen it. Logging out, a new password and a deletion end all tokens at once.

**Bodies** are JSON, or `multipart/form-data` where there are files. An operation that takes files
takes JSON as well when none is sent. A slash at the end of a path may be left out.

**Lists** come in pages, newest first: `{"next", "previous", "results"}`. `next` and `previous` are
whole addresses, or null at an end; follow them rather than making cursors. Nothing is lost or
repeated while others post. `limit` asks for shorter or longer pages. `/search/query` has the best
results first instead, tells their `count`, and is paged by `limit` and `offset`.

**Errors** have one shape, `{"code", "detail", "fields"}`: `code` is for programs and does not
change, `detail` is for people, `fields` says what is wrong with which field. Beside those that
are named at each operation, any can answer 405 (not that method), 415 (not that kind of body),
413 (too large) and 500 (our fault; `detail` holds the number of the report). What you may not
see answers 404, exactly as what does not exist.

**Twice is once.** `POST` does and `DELETE` undoes; repeating either changes nothing. Where a
repetition would make a second thing, as a second post, send an `Idempotency-Key` of your own
choice (a UUID, say): the same key again answers with the first result.

**Limits** of this server, in characters, bytes and attempts, are at `GET /instance`. After too
many attempts the answer is 429, and `Retry-After` tells how many seconds to wait.

**Times** are ISO 8601 in UTC. **Ids** mean nothing: keep them as they are.
"""


def _unwrapped(markdown: str) -> str:
    """Without the line ends inside paragraphs, which Swagger UI would show."""
    return re.sub(r"(?<=\S)\n(?=[^\s-])", " ", markdown.strip())


INFO = openapi.Info(
    title="Yafig",
    default_version=settings.VERSION,
    description=_unwrapped(INTRODUCTION),
)

TAGS = {
    "accounts": "Registering, and the address and the password of an account.",
    "sessions": "Logging in and out, on every device.",
    "profiles": "A person's page.",
    "relationships": "Following, blocking and muting, and who follows whom.",
    "posts": "Photos with a caption, timelines, and likes.",
    "tags": "What posts are about: their pages, and following them.",
    "drafts": "Posts that only their author sees yet, and scheduled ones.",
    "saved": "What you keep for yourself, in collections. Nobody else sees them.",
    "uploads": "Photos that are sent straight to the store, whole or in parts.",
    "comments": "Remarks under a post.",
    "search": "Finding posts, people and tags.",
    "explore": "Posts, tags and people that one may like, each with its reason.",
    "showcase": "The three pictures of a profile.",
    "threetography": (
        "For clients written for threetography: their paths and their JSON, on the same accounts,"
        " follows and pictures. Every error here also has `reasonForFailure`, a sentence."
    ),
    "instance": "This server: its name, its rules and its limits.",
}


@functools.cache
def document() -> dict[str, Any]:
    """The description, with sorted keys all the way down, of which no part names a host."""
    made = Generator(INFO, url="").get_schema(public=True)
    made["tags"] = [{"name": name, "description": text} for name, text in TAGS.items()]
    found: dict[str, Any] = json.loads(json.dumps(made.as_dict(), sort_keys=True))
    return found


def text() -> str:
    """What stands in `docs/swagger.json`."""
    return json.dumps(document(), indent=2, ensure_ascii=False) + "\n"


def swagger_json(request: HttpRequest) -> HttpResponse:
    headers = {"Access-Control-Allow-Origin": "*", "Cache-Control": "max-age=300"}
    return HttpResponse(text(), content_type=JSON, headers=headers)


# Swagger UI sets styles on elements; nothing else comes from outside our own files.
_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; connect-src 'self';"
    " img-src 'self' data: blob:; font-src 'self' data:; base-uri 'none'; form-action 'none';"
    " frame-ancestors 'none'"
)


def page(request: HttpRequest) -> HttpResponse:
    """Swagger UI, from our own files, with a form to log in."""
    answer = render(request, "docs/page.html", {"title": INFO.title})
    answer.headers["Content-Security-Policy"] = _POLICY
    return answer
