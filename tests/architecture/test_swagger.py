"""The description of the API (D2): whole, valid, stable, and the one in the repository."""

import json
import re

import pytest
import schemathesis
from django.urls import URLPattern, get_resolver

from config import documents, frontend
from config.management.commands.write_schema import FILE, ROOT

DOCUMENT = documents.document()
OPERATIONS = [
    (f"{method.upper()} {path}", path, operation)
    for path, item in DOCUMENT["paths"].items()
    for method, operation in item.items()
    if method != "parameters"
]
OUTSIDE = (
    "/admin/",
    "/docs/",
    "/livez/",
    "/readyz/",
    "/media/{",
    "/media/signed/",
    "/media/uploads/files/",
    "/media/uploads/parts/",
)
each_operation = pytest.mark.parametrize(
    ("path", "operation"),
    [(path, operation) for _, path, operation in OPERATIONS],
    ids=[name for name, _, _ in OPERATIONS],
)


def resolved(schema):
    if "$ref" in schema:
        return DOCUMENT["definitions"][schema["$ref"].rpartition("/")[2]]
    return schema


def is_files(parameter):
    return parameter.get("items", {}).get("format") == "binary"


def paths(patterns, prefix="/"):
    for each in patterns:
        path = prefix + re.sub(r"<(?:\w+:)?(\w+)>", r"{\1}", str(each.pattern))
        if isinstance(each, URLPattern):
            yield path
        else:
            yield from paths(each.url_patterns, path)


def test_the_file_in_the_repository_is_the_description():
    kept = (ROOT / FILE).read_text(encoding="utf-8")
    assert kept == documents.text(), (
        f"The API is not what {FILE} says. If that is what you want, run `make schema`, look at"
        " the difference, and commit it; clients are written by this file."
    )


def test_it_is_valid_swagger():
    schemathesis.openapi.from_dict(json.loads(documents.text())).validate()


def test_it_names_no_host():
    assert "host" not in DOCUMENT
    assert "schemes" not in DOCUMENT
    assert "127.0.0.1" not in documents.text()


def test_every_path_of_the_api_is_described():
    pages = {"/" + re.sub(r"<(?:\w+:)?(\w+)>", r"{\1}", page) for page in frontend.PAGES}
    every = set(paths(get_resolver().url_patterns)) - {"/"} - pages
    assert {path for path in every if not path.startswith(OUTSIDE)} == set(DOCUMENT["paths"])


def test_operations_have_names_of_their_own():
    names = [operation["operationId"] for _, _, operation in OPERATIONS]
    assert len(names) == len(set(names))


def test_every_tag_is_described_and_used():
    used = {tag for _, _, operation in OPERATIONS for tag in operation["tags"]}
    assert {tag["name"] for tag in DOCUMENT["tags"]} == used


@each_operation
def test_an_operation_says_what_it_does(path, operation):
    assert 5 < len(operation["summary"]) < 120


@each_operation
def test_an_operation_describes_its_success(path, operation):
    good = {status: answer for status, answer in operation["responses"].items() if status < "300"}
    assert good
    for status, answer in good.items():
        assert ("schema" in answer) == (status not in ("204", "205"))


@each_operation
def test_an_operation_describes_its_errors_in_the_one_shape(path, operation):
    """D8."""
    bad = {status: answer for status, answer in operation["responses"].items() if status >= "400"}
    assert bad or operation.get("security") == []
    for answer in bad.values():
        assert answer["schema"] == {"$ref": "#/definitions/Error"}
        assert set(answer["examples"]["application/json"]) == {"code", "detail", "fields"}
        assert answer["description"]


@each_operation
def test_the_parameters_in_a_path_have_types_and_descriptions(path, operation):
    described = {each["name"]: each for each in DOCUMENT["paths"][path].get("parameters", [])}
    assert set(described) == set(re.findall(r"{(\w+)}", path))
    for name, parameter in described.items():
        assert parameter["description"]
        assert parameter["type"] == ("integer" if name.endswith("_id") else "string") or (
            parameter["format"] == "uuid"
        )


@each_operation
def test_files_are_sent_as_forms_and_all_else_as_json(path, operation):
    sent = operation.get("parameters", [])
    form = [each for each in sent if each["in"] == "formData"]
    if not form:
        assert "consumes" not in operation  # the document's own: JSON
        return
    assert operation["consumes"] == ["multipart/form-data"]
    assert any(each["type"] == "file" or is_files(each) for each in form)


SEARCHES = {  # what they answer, and what is asked beside `limit`
    "/search/query/": ({"count", "next", "previous", "results", "degraded"}, "offset"),
    "/search/autocomplete/": ({"results", "degraded"}, "query"),
}


def test_lists_are_pages():
    """D7: `next`, `previous` and `results`, by cursor; a search has `limit` and `offset`."""
    pages = [
        (path, operation)
        for name, path, operation in OPERATIONS
        if name.startswith("GET ")
        and not path.startswith("/api/")  # threetography's JSON knows of no pages (D3)
        and "results" in resolved(operation["responses"]["200"]["schema"]).get("properties", {})
    ]
    assert len(pages) >= 10
    for path, operation in pages:
        shape = resolved(operation["responses"]["200"]["schema"])
        asked = {each["name"] for each in operation["parameters"] if each["in"] == "query"}
        expected, needed = SEARCHES.get(path, ({"next", "previous", "results"}, "cursor"))
        assert set(shape["properties"]) == expected, path
        assert {needed, "limit"} <= asked, path


def test_no_list_comes_whole():
    for name, _, operation in OPERATIONS:
        for status, answer in operation["responses"].items():
            if status < "300" and "schema" in answer:
                assert resolved(answer["schema"]).get("type") == "object", name
