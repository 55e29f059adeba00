"""The one door to Elasticsearch: an engine for questions, and a copy of the documents for it.

door.py      the clients, their time limits, and a rest after a failure
mapping.py   what a document is there, and what its fields can be asked
clauses.py   what a question says, as queries, and what each meeting is worth
asking.py    find and complete: the request, its time limit, the hits
sending.py   copies of documents, and which of them are there
indexes.py   made, filled, put behind the alias, removed
"""

from search.elasticsearch.asking import answers, complete, find
from search.elasticsearch.door import IndexMissing, reset
from search.elasticsearch.indexes import (
    alias,
    create_index,
    delete_index,
    index_names,
    refresh,
    serve,
    serving,
)
from search.elasticsearch.sending import (
    Copy,
    Sent,
    copies_after,
    delete,
    send,
    versions,
)

__all__ = [
    "Copy",
    "IndexMissing",
    "Sent",
    "alias",
    "answers",
    "complete",
    "copies_after",
    "create_index",
    "delete",
    "delete_index",
    "find",
    "index_names",
    "refresh",
    "reset",
    "send",
    "serve",
    "serving",
    "versions",
]
