"""The one shape in which every error leaves the house, whatever went wrong and wherever (D8).

`{"code": ..., "detail": ..., "fields": {...}}`
"""

from typing import Any

import structlog
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, JsonResponse
from rest_framework import exceptions
from rest_framework.response import Response
from rest_framework.views import set_rollback

from common.errors import Refusal


def problem(code: str, detail: str, fields: dict[str, list[str]] | None = None) -> dict[str, Any]:
    """The body of every error."""
    return {"code": code, "detail": detail, "fields": fields or {}}


def exception_handler(exc: Exception, context: dict[str, Any]) -> Response | None:
    """Answer refusals and DRF's errors in the one shape; real faults are for `server_error`."""
    if isinstance(exc, Refusal):
        set_rollback()
        headers = {"WWW-Authenticate": "Bearer"} if exc.status == 401 else {}
        if exc.retry_after:
            headers["Retry-After"] = str(exc.retry_after)
        body = problem(exc.code, exc.message, exc.fields)
        return Response(body, status=exc.status, headers=headers)
    if isinstance(exc, Http404):
        exc = exceptions.NotFound("Not found.")
    elif isinstance(exc, PermissionDenied):
        exc = exceptions.PermissionDenied()
    if not isinstance(exc, exceptions.APIException):
        return None
    set_rollback()
    return Response(_body(exc), status=exc.status_code, headers=_headers(exc))


def _headers(exc: exceptions.APIException) -> dict[str, str]:
    headers = {}
    if auth_header := getattr(exc, "auth_header", None):
        headers["WWW-Authenticate"] = auth_header
    if wait := getattr(exc, "wait", None):
        headers["Retry-After"] = str(max(1, round(wait)))
    return headers


def _body(exc: exceptions.APIException) -> dict[str, Any]:
    if isinstance(exc, exceptions.ValidationError):
        fields = _fields(exc.detail)
        first = next((messages[0] for messages in fields.values() if messages), "")
        return problem("invalid", first or "Please check what you sent.", fields)
    code: Any = exc.get_codes()
    detail: Any = exc.detail
    if isinstance(detail, dict):  # simplejwt packs its detail
        detail = detail.get("detail", exc.default_detail)
    if isinstance(code, dict):
        code = code.get("detail", exc.default_code)
    return problem(str(code), str(detail))


def _fields(detail: Any, path: str = "") -> dict[str, list[str]]:
    """DRF's nested error lists as `{"images.2": ["…"]}`; errors of the whole are under `""`."""
    if isinstance(detail, dict):
        found: dict[str, list[str]] = {}
        for key, value in detail.items():
            name = "" if key == "non_field_errors" else str(key)
            found |= _fields(value, f"{path}.{name}".strip("."))
        return found
    if isinstance(detail, list) and detail and isinstance(detail[0], dict | list):
        found = {}
        for index, value in enumerate(detail):
            if value:
                found |= _fields(value, f"{path}.{index}".strip("."))
        return found
    messages = detail if isinstance(detail, list) else [detail]
    return {path: [str(message) for message in messages]}


def page_not_found(request: HttpRequest, exception: Exception | None = None) -> JsonResponse:
    return JsonResponse(problem("not_found", "Not found."), status=404)


def bad_request(request: HttpRequest, exception: Exception | None = None) -> JsonResponse:
    return JsonResponse(problem("bad_request", "The request could not be read."), status=400)


def permission_denied(request: HttpRequest, exception: Exception | None = None) -> JsonResponse:
    return JsonResponse(problem("permission_denied", "You may not do that."), status=403)


def server_error(request: HttpRequest) -> JsonResponse:
    """Our fault: the log has the trace under this request's id, the answer only the id."""
    request_id = structlog.contextvars.get_contextvars().get("request_id", "")
    detail = f"Something went wrong here. Please try again; the report is filed as {request_id}."
    return JsonResponse(problem("server_error", detail), status=500)
