"""PostgreSQL as an engine: for installations too small for a Java server, and while that is away.

vectors.py     what is searched: a `tsvector` of each document
vocabulary.py  the words that a misspelled one may stand for
matching.py    a question as a `tsquery`, and what each meeting with it is worth
asking.py      find and complete: the statements, their time limit, the hits
"""

from search.postgres.asking import complete, find
from search.postgres.vectors import vector
from search.postgres.vocabulary import learn

__all__ = ["complete", "find", "learn", "vector"]
