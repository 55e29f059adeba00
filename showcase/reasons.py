"""Why something failed, where a client written for threetography looks for it."""

from collections.abc import Callable
from typing import Any

import orjson
from django.http import HttpRequest, HttpResponse, HttpResponseBase

from common.renderers import dumps

SURFACE = "/api/"


class ReasonForFailure:
    """Every error under /api, whoever answers it, also has `reasonForFailure`: a sentence (D8)."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response = self.get_response(request)
        if response.status_code >= 400 and request.path_info.startswith(SURFACE):
            _explain(response)
        return response


def _explain(response: HttpResponseBase) -> None:
    is_json = response.headers.get("Content-Type", "").startswith("application/json")
    if isinstance(response, HttpResponse) and is_json:
        body = orjson.loads(response.content)
        response.content = dumps({**body, "reasonForFailure": _reason(body)})


def _reason(body: dict[str, Any]) -> str:
    """The error's own sentence; of a field that is missing or wrong, which one too."""
    detail = str(body["detail"])
    field = next(iter(body["fields"]), "")
    return f"{field}: {detail}" if field and body["code"] == "invalid" else detail
