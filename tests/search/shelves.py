"""Documents written straight as rows, and copied into the engine that a test is about."""

from datetime import UTC, datetime
from typing import Any

from search import elasticsearch, postgres
from search.models import Document
from search.questions import Question, Reach
from search.words import one_word, words

NOON = datetime(2026, 5, 1, 12, tzinfo=UTC)
EVERYONE, FOLLOWERS, AUTHOR = "everyone", "followers", "author"

GUEST = Reach()
STRANGER = Reach(viewer_id=5)
FOLLOWER = Reach(viewer_id=6, follows=(1, 2))
OF_ANOTHER = Reach(viewer_id=6, follows=(2,))
THE_AUTHOR = Reach(viewer_id=1)
BLOCKED = Reach(viewer_id=7, hidden=(1, 9))
BLOCKED_FOLLOWER = Reach(viewer_id=7, follows=(1,), hidden=(1,))


class Shelf:
    """What one engine knows: PostgreSQL the rows themselves, Elasticsearch copies of them."""

    def __init__(self, engine):
        self.engine = engine
        self.unsent = []

    def post(self, key, title="", **fields):
        return self.put("post", key, title, **{"author_id": 1, "published_at": NOON, **fields})

    def person(self, key, username, name="", **fields):
        return self.put("user", key, username, text=name, **{"author_id": int(key), **fields})

    def tag(self, name):
        return self.put("tag", name, name, tags=(name,))

    def put(self, kind, key, title, *, text="", names="", tags=(), **columns):
        said: dict[str, Any] = {
            "title": " ".join(words(title)),
            "text": " ".join(words(text)),
            "names": " ".join(words(names)),
            "tags": [one_word(tag) for tag in tags],
        }
        vector = postgres.vector(kind=kind, **said)
        document, _ = Document.objects.update_or_create(
            kind=kind, key=key, defaults={**said, "vector": vector, "gone_at": None, **columns}
        )
        texts = (said["title"], said["text"], said["names"])
        postgres.learn({*said["tags"], *(word for text in texts for word in text.split())})
        self.unsent.append(Document.objects.get(pk=document.pk))
        return document

    def bury(self, document):
        """Make a document empty, as one of what nobody may find any more."""
        empty = {"title": "", "text": "", "names": "", "tags": [], "vector": "", "gone_at": NOON}
        Document.objects.filter(pk=document.pk).update(**empty, version=document.version + 1)
        self.unsent.append(Document.objects.get(pk=document.pk))

    def find(self, text="", *, kind="post", reach=GUEST, limit=50, **question):
        """(key, score) of the hits, in their order; `phrases` and `without` are texts too."""
        for name in ("phrases", "without"):
            question[name] = tuple(map(words, question.get(name, ())))
        asked = Question(words=words(text), **question)
        return self._hits("find", asked, reach, kinds=(kind,), limit=limit)[kind]

    def complete(self, text, *, kind, reach=GUEST, limit=50):
        return self._hits("complete", words(text), reach, kinds=(kind,), limit=limit)[kind]

    def ask(self, question, *, kinds=("post", "user", "tag"), reach=GUEST, limit=50):
        return self._hits("find", question, reach, kinds=kinds, limit=limit)

    def send(self):
        """Bring the copies up to date, where there are any."""
        if self.engine is elasticsearch and self.unsent:
            elasticsearch.send(self.unsent, [elasticsearch.alias()])
            elasticsearch.refresh(elasticsearch.alias())
        self.unsent = []

    def _hits(self, verb, *asked, **options):
        self.send()
        found = getattr(self.engine, verb)(*asked, **options)
        assert all(hit.kind == kind for kind, hits in found.hits.items() for hit in hits)
        return {
            kind: [(hit.key, round(hit.score, 3)) for hit in hits]
            for kind, hits in found.hits.items()
        }


def keys(hits):
    return [key for key, _ in hits]
