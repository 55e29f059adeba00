"""How views are described in `/docs`: every operation gets the errors that it can answer with.

A view declares its success; `AutoSchema` adds 400, 401, 404 and 429 where the view's own
parameters, permissions and throttles make them possible, so that no list is kept by hand.
"""

import re
from typing import Any

from django.urls import URLPattern, get_resolver
from drf_yasg import openapi
from drf_yasg.generators import OpenAPISchemaGenerator
from drf_yasg.inspectors import FieldInspector, NotHandled, SwaggerAutoSchema
from drf_yasg.utils import force_serializer_instance
from rest_framework import serializers
from rest_framework.permissions import AllowAny, IsAuthenticatedOrReadOnly

JSON = "application/json"
MULTIPART = "multipart/form-data"
PROBLEM = openapi.Schema(
    title="Error",
    type=openapi.TYPE_OBJECT,
    required=["code", "detail", "fields"],
    properties={
        "code": openapi.Schema(
            type=openapi.TYPE_STRING, description="For programs; does not change."
        ),
        "detail": openapi.Schema(type=openapi.TYPE_STRING, description="For people."),
        "fields": openapi.Schema(
            type=openapi.TYPE_OBJECT,
            description='What is wrong with which field; what is wrong with the whole is at `""`.',
            additional_properties=openapi.Schema(
                type=openapi.TYPE_ARRAY, items=openapi.Schema(type=openapi.TYPE_STRING)
            ),
        ),
    },
)

LIMIT = openapi.Parameter(
    "limit", openapi.IN_QUERY, type=openapi.TYPE_INTEGER, description="How many, at most 100."
)
CURSOR = openapi.Parameter(
    "cursor", openapi.IN_QUERY, type=openapi.TYPE_STRING, description="From `next` or `previous`."
)
PAGED = [LIMIT, CURSOR]


def error(code: str, description: str, detail: str) -> openapi.Response:
    """An error answer, with an example of it."""
    example = {"code": code, "detail": detail, "fields": {}}
    return openapi.Response(description, PROBLEM, examples={JSON: example})


INVALID = error("invalid", "Something sent cannot be taken.", "Please check what you sent.")
UNAUTHENTICATED = error(
    "not_authenticated", "Not signed in.", "Authentication credentials were not provided."
)
FORBIDDEN = error("permission_denied", "Not yours to change.", "You may not do that.")
MISSING = error("not_found", "Nothing there that you may see.", "Not found.")
THROTTLED = error("throttled", "Too often. See `Retry-After`.", "Request was throttled.")


def page_of(card: type[serializers.BaseSerializer[Any]]) -> openapi.Schema:
    """The schema of one page of a list."""
    return _page(_name(card), card)


def _page(name: str, card: Any) -> openapi.Schema:
    link = {"type": openapi.TYPE_STRING, "format": openapi.FORMAT_URI, "x_nullable": True}
    return openapi.Schema(
        title=f"{name}List",
        type=openapi.TYPE_OBJECT,
        required=["next", "previous", "results"],
        properties={
            "next": openapi.Schema(**link),
            "previous": openapi.Schema(**link),
            "results": openapi.Schema(type=openapi.TYPE_ARRAY, items=card),
        },
    )


def _name(serializer: type[serializers.BaseSerializer[Any]]) -> str:
    """As drf-yasg names the definition of a serializer."""
    named = getattr(getattr(serializer, "Meta", None), "ref_name", None)
    return str(named or serializer.__name__.removesuffix("Serializer"))


class Fields(FieldInspector):  # type: ignore[misc]
    """What drf-yasg gets wrong of single fields: repeated files, and what may be empty or null."""

    def field_to_swagger_object(
        self, field: Any, swagger_object_type: Any, use_references: bool, **kwargs: Any
    ) -> Any:
        repeated = isinstance(field, serializers.ListField) and _takes_files(field)
        if not repeated or swagger_object_type is not openapi.Parameter:
            return NotHandled
        make, _ = self._get_partial_types(field, swagger_object_type, use_references, **kwargs)
        items = openapi.Items(type=openapi.TYPE_STRING, format=openapi.FORMAT_BINARY)
        return make(type=openapi.TYPE_ARRAY, items=items, min_items=1, max_items=field.max_length)

    def process_result(self, result: Any, method_name: str, obj: Any, **kwargs: Any) -> Any:
        if getattr(obj, "allow_blank", False):
            result.pop("format", None)  # "" is no address
        if isinstance(result, openapi.SchemaRef) and getattr(obj, "allow_null", False):
            either = openapi.Schema(type=openapi.TYPE_OBJECT, all_of=[result], x_nullable=True)
            del either["type"]
            return either
        return result


class AutoSchema(SwaggerAutoSchema):  # type: ignore[misc]
    """drf-yasg's inspection, the errors of the house, and one tag a module of views."""

    field_inspectors = [Fields, *SwaggerAutoSchema.field_inspectors]

    def get_request_form_parameters(self, serializer: Any) -> list[openapi.Parameter]:
        """Lists in forms repeat the field; commas are plain characters."""
        found: list[openapi.Parameter] = super().get_request_form_parameters(serializer)
        for parameter in found:
            if parameter.type == openapi.TYPE_ARRAY:
                parameter.collection_format = "multi"
        return found

    def get_responses(self) -> openapi.Responses:
        declared = self.get_response_schemas(self.get_response_serializers())
        found = {status: self._answer(answer) for status, answer in self._errors().items()}
        return openapi.Responses(dict(sorted({**found, **declared}.items())))

    def get_response_schemas(self, response_serializers: dict[str, Any]) -> dict[str, Any]:
        """Built anew each time: drf-yasg would write references into the views' own objects."""
        answers = {
            status: answer if isinstance(answer, str) else self._answer(answer)
            for status, answer in response_serializers.items()
        }
        found: dict[str, Any] = super().get_response_schemas(answers)
        return found

    def get_paginated_response(self, response_schema: openapi.Schema) -> openapi.SchemaRef:
        """A page as `page_of` describes it, of a generic view that declares no answer."""
        card = response_schema["items"]
        return self._resolved(_page(card["$ref"].rpartition("/")[2], card))

    def _answer(self, answer: Any) -> openapi.Response:
        if not isinstance(answer, openapi.Response):
            return openapi.Response("", self._resolved(answer))
        examples = answer.get("examples")
        schema = answer.get("schema") or (examples and shape_of(examples[JSON]))
        return openapi.Response(answer.description, self._resolved(schema), examples)

    def _resolved(self, schema: Any) -> Any:
        """`schema` with references for the serializers in it, and for what has a title."""
        if schema is None or isinstance(schema, openapi.SchemaRef):
            return schema
        if not isinstance(schema, openapi.Schema):
            return self.serializer_to_schema(force_serializer_instance(schema))
        made = openapi.Schema(type=openapi.TYPE_OBJECT)  # which `schema` then overrides
        made.update(schema)
        if "items" in schema:
            made["items"] = self._resolved(schema["items"])
        if "properties" in schema:
            properties = schema["properties"].items()
            made["properties"] = {name: self._resolved(each) for name, each in properties}
        return self._named(made, schema["title"]) if "title" in schema else made

    def _named(self, schema: openapi.Schema, title: str) -> openapi.SchemaRef:
        definitions = self.components.with_scope(openapi.SCHEMA_DEFINITIONS)
        definitions.setdefault(title, lambda: schema)
        return openapi.SchemaRef(definitions, title)

    def _errors(self) -> dict[str, openapi.Response]:
        view = self.view
        found: dict[str, openapi.Response] = {}
        asked = self.get_query_parameters() or self.overrides.get("manual_parameters")
        if self.method in ("POST", "PUT", "PATCH") or asked:
            found["400"] = INVALID
        if view.authentication_classes:  # a token that is not good is refused on open reads too
            found["401"] = UNAUTHENTICATED
        if "{" in self.path:
            found["404"] = MISSING
        if self.method not in ("GET", "HEAD") and view.throttle_classes:
            found["429"] = THROTTLED
        return found

    def _open(self) -> bool:
        """Whether guests may do it."""
        permissions = self.view.permission_classes
        reading = self.method in ("GET", "HEAD")
        return AllowAny in permissions or (reading and IsAuthenticatedOrReadOnly in permissions)

    def get_security(self) -> list[dict[str, list[str]]] | None:
        """None of it, either, or the token."""
        if not self._open():
            return None
        return [{}, {"Bearer": []}] if self.view.authentication_classes else []

    def get_consumes(self) -> list[str]:
        """What the body has to be: Swagger 2 tells of forms or of JSON, never of both."""
        serializer = self.get_request_serializer()
        fields = getattr(serializer, "fields", {}).values()
        return [MULTIPART] if any(_takes_files(field) for field in fields) else [JSON]

    def get_operation_id(self, operation_keys: Any = None) -> str:
        """`DELETE /users/sessions/{session_id}/` → delete_users_sessions_session_id."""
        words = re.findall(r"\w+", self.path)
        return self.overrides.get("operation_id") or "_".join([self.method.lower(), *words])

    def get_summary_and_description(self) -> tuple[str, str]:
        """The first sentence, and the rest."""
        summary, description = super().get_summary_and_description()
        opening, _, more = f"{summary or ''}\n\n{description}".strip().partition("\n\n")
        first, _, rest = " ".join(opening.split()).partition(". ")
        return first.removesuffix("."), f"{rest}\n\n{more}".strip()

    def get_tags(self, operation_keys: Any = None) -> list[str]:
        """`users.views.sessions` → sessions, `posts.views` → posts."""
        app, _, module = self.view.__module__.partition(".views")
        return self.overrides.get("tags") or [module.removeprefix(".") or app]


def _takes_files(field: Any) -> bool:
    return isinstance(getattr(field, "child", field), serializers.FileField)


def shape_of(example: Any) -> openapi.Schema:
    """The schema of which `example` is one: for answers too small for a serializer."""
    if isinstance(example, dict):
        properties = {name: shape_of(value) for name, value in example.items()}
        return openapi.Schema(
            type=openapi.TYPE_OBJECT, properties=properties, required=list(example)
        )
    if isinstance(example, list):
        return openapi.Schema(type=openapi.TYPE_ARRAY, items=shape_of(example[0]))
    kinds = {bool: openapi.TYPE_BOOLEAN, int: openapi.TYPE_INTEGER, float: openapi.TYPE_NUMBER}
    return openapi.Schema(type=kinds.get(type(example), openapi.TYPE_STRING))


# --- The whole document ------------------------------------------------------------------------

_CONVERTED = {
    "IntConverter": {"type": openapi.TYPE_INTEGER, "minimum": 0},
    "UUIDConverter": {"type": openapi.TYPE_STRING, "format": openapi.FORMAT_UUID},
}


class Generator(OpenAPISchemaGenerator):  # type: ignore[misc]
    """drf-yasg's generator, which does not know of the types that urls.py gives to parameters."""

    def get_path_parameters(self, path: str, view_cls: type[Any]) -> list[openapi.Parameter]:
        return [_parameter(name, kind) for name, kind in _converters()[path].items()]


def _parameter(name: str, converter: str) -> openapi.Parameter:
    what, _, is_id = name.partition("_")
    description = f"The id of the {what}." if is_id else f"The {name}, in upper or lower case."
    schema = _CONVERTED.get(converter, {"type": openapi.TYPE_STRING})
    return openapi.Parameter(name, openapi.IN_PATH, description, required=True, **schema)


def _converters() -> dict[str, dict[str, str]]:
    """Of each path, as the document writes it, its parameters and their converters."""
    found: dict[str, dict[str, str]] = {}

    def walk(patterns: list[Any], prefix: str, outer: dict[str, str]) -> None:
        for each in patterns:
            path = prefix + re.sub(r"<(?:\w+:)?(\w+)>", r"{\1}", str(each.pattern))
            own = {name: type(kind).__name__ for name, kind in each.pattern.converters.items()}
            if isinstance(each, URLPattern):
                found[path] = {**outer, **own}
            else:
                walk(each.url_patterns, path, {**outer, **own})

    walk(get_resolver().url_patterns, "/", {})
    return found
