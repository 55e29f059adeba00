"""What a document is in Elasticsearch: its fields, and how it is made of a row.

Words come folded and cut (`search.words`), so the only analyser is the one that splits at spaces.
Both the embedded node and the official image have all that is used here.
"""

from hashlib import sha256
from typing import Any

from django.conf import settings
from elasticsearch.dsl import Boolean, Keyword, Long, Mapping, Object, Text

from search.models import Document
from search.questions import microseconds

ANALYZER = "whitespace"
PREFIX_LETTERS = 5  # beginnings of words that are kept, of one letter and more
WHOLE_LENGTH = 800  # characters: more than any question has
ID_BYTES = 512  # of Elasticsearch


def words(*, with_order: bool, **options: Any) -> Text:
    return Text(
        analyzer=ANALYZER,
        norms=False,  # no score here knows of lengths
        index_options="positions" if with_order else "docs",
        index_prefixes={"min_chars": 1, "max_chars": PREFIX_LETTERS},
        **options,
    )


def mappings() -> dict[str, Any]:
    """The fields, and no others: what is not named here is refused, not guessed.

    Each kind has its words for itself. Looking for misspellings costs what a field has of
    different words: the names of people are not searched among those of all captions.
    """
    whole = Keyword(ignore_above=WHOLE_LENGTH)
    texts: dict[str, Any] = {
        "title": words(with_order=True, fields={"whole": whole}),
        "text": words(with_order=True),
        "names": words(with_order=False),
        "tags": words(with_order=False),
    }
    fields: dict[str, Any] = {
        "kind": Keyword(),
        "key": Keyword(),
        "gone": Boolean(),
        **{kind: Object(properties=texts) for kind in Document.Kind.values},
        "author_id": Keyword(),  # asked for by many, never for a range
        "audience": Keyword(),
        "has": Keyword(),
        "published_at": Long(),  # microseconds, as the database knows them
        "as_of": Long(),
    }
    mapping = Mapping()
    mapping.meta("dynamic", "strict")
    for name, field in fields.items():
        mapping.field(name, field)
    return mapping.to_dict()


def index_settings() -> dict[str, Any]:
    return {
        "number_of_shards": settings.ELASTICSEARCH_SHARDS,
        "number_of_replicas": settings.ELASTICSEARCH_REPLICAS,
        # Said, so that an index nobody asks for half a minute goes on showing what is new.
        "refresh_interval": "1s",
    }


def field(kind: str, name: str) -> str:
    """Where a kind has its words."""
    return f"{kind}.{name}"


def identity(kind: str, key: str) -> str:
    """The `_id`: readable where it can be."""
    name = f"{kind}:{key}"
    if len(name.encode()) <= ID_BYTES:
        return name
    return f"{kind}#{sha256(key.encode()).hexdigest()}"


def source(document: Document) -> dict[str, Any]:
    """The body of a document; of one that is gone, hardly anything."""
    body: dict[str, Any] = {"kind": document.kind, "key": document.key}
    if document.gone_at is not None:
        return {**body, "gone": True}
    return {
        **body,
        "gone": False,
        document.kind: {
            "title": document.title,
            "text": document.text,
            "names": document.names,
            "tags": document.tags,
        },
        "author_id": None if document.author_id is None else str(document.author_id),
        "audience": document.audience,
        "has": document.has,
        "published_at": microseconds(document.published_at),
        "as_of": microseconds(document.as_of),
    }
