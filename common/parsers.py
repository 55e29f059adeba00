"""JSON in. A body is an object; whatever else JSON may be is a 400, never a surprise below."""

from collections.abc import Mapping
from typing import IO, Any

import orjson
from rest_framework.exceptions import ParseError
from rest_framework.parsers import BaseParser

MAX_BYTES = 1_000_000
MAX_DEPTH = 20  # no request of ours has more than two; Python's own `str` gives up near 1,000


class JSONParser(BaseParser):
    """Objects of at most `MAX_BYTES`, in UTF-8. What their texts may hold is for the fields."""

    media_type = "application/json"

    def parse(
        self,
        stream: IO[Any],
        media_type: str | None = None,
        parser_context: Mapping[str, Any] | None = None,
    ) -> dict[str, Any]:
        body = stream.read(MAX_BYTES + 1)
        if len(body) > MAX_BYTES:
            raise ParseError(f"A JSON body may have at most {MAX_BYTES} bytes.")
        try:
            data = orjson.loads(body)
        except orjson.JSONDecodeError as error:
            raise ParseError("The body is not valid JSON.") from error
        if not isinstance(data, dict):
            raise ParseError("The body must be a JSON object.")
        if _is_deeper(data, MAX_DEPTH):
            raise ParseError(f"A JSON body may be nested {MAX_DEPTH} deep, no deeper.")
        return data


def _is_deeper(value: Any, depth: int) -> bool:
    """Whether objects and lists are nested in each other more than `depth` times."""
    if isinstance(value, dict):
        value = value.values()
    elif not isinstance(value, list):
        return False
    return depth == 0 or any(_is_deeper(each, depth - 1) for each in value)
