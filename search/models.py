"""What can be found, word by word. Derived from posts and people, and never the truth.

PostgreSQL searches these rows themselves; Elasticsearch holds a copy of them, and `is_sent`
says of which rows the copy is up to date. All of it can be dropped and made anew.
"""

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVectorField
from django.db import models
from django.db.models import Q
from django.db.models.functions import Now

from search.querysets import DocumentQuerySet, WordQuerySet


class NextVersion(models.Func):
    """The next of a sequence that never goes back, not even when the table is emptied."""

    template = "nextval('search_version')"
    output_field = models.BigIntegerField()
    allowed_default = True


class Document(models.Model):
    """A post, a person or a tag as the engines know it: in folded words (`search.words`).

    `key` is the post's or the person's id, or the tag. `version` grows with every change of
    any document, and orders the copies of one: an older one never replaces a newer. A document
    of what may not be found any more stays, empty, with `gone_at`, until nothing late can
    bring it back.
    """

    class Kind(models.TextChoices):
        POST = "post"
        USER = "user"
        TAG = "tag"

    class Audience(models.TextChoices):
        EVERYONE = "everyone"
        FOLLOWERS = "followers"
        AUTHOR = "author"

    kind = models.CharField(max_length=4, choices=Kind)
    key = models.CharField(max_length=200)
    version = models.BigIntegerField(db_default=NextVersion())
    is_sent = models.BooleanField(default=False)
    gone_at = models.DateTimeField(null=True, blank=True)

    # Words, each folded, with one space in between.
    title = models.TextField(blank=True)  # a caption, a username, a tag
    text = models.TextField(blank=True)  # alt texts, or a person's name
    names = models.TextField(blank=True)  # the author's username and name
    tags = ArrayField(models.TextField(), default=list)  # folded, each one word
    tag_keys = ArrayField(models.TextField(), default=list)  # as stored: their documents' keys

    author_id = models.BigIntegerField(null=True)  # of a person: the person
    audience = models.CharField(max_length=9, choices=Audience, default=Audience.EVERYONE)
    has = ArrayField(models.CharField(max_length=10), default=list)  # `questions.HAS`
    published_at = models.DateTimeField(null=True)
    as_of = models.DateTimeField(null=True)  # the edit, or else publication, whose words these are
    vector = SearchVectorField()

    objects = DocumentQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["kind", "key"], name="document_once")]
        # What waits in a list to be sorted in is read whole by each look-up: 8 ms became 500.
        indexes = [
            GinIndex(fields=["vector"], name="document_words", fastupdate=False),
            GinIndex(  # leads from a tag to a post that carries it
                fields=["tag_keys"],
                name="document_tags",
                condition=Q(audience="everyone", gone_at=None),
                fastupdate=False,
            ),
            models.Index(fields=["author_id", "id"], name="document_author"),
            models.Index(fields=["version"], name="document_unsent", condition=Q(is_sent=False)),
            models.Index(
                fields=["gone_at"], name="document_gone", condition=Q(gone_at__isnull=False)
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.key}"


class Word(models.Model):
    """A word that stands in some document, for PostgreSQL to find it by a misspelling.

    `deletions`: what remains of it with up to as many letters taken out as it may be wrong in.
    Two words are close when they share one (symmetric delete, W. Garbe 2012).
    """

    text = models.TextField(primary_key=True)
    deletions = ArrayField(models.TextField())

    objects = WordQuerySet.as_manager()

    class Meta:
        indexes = [GinIndex(fields=["deletions"], name="word_deletions", fastupdate=False)]

    def __str__(self) -> str:
        return self.text


class Turn(models.Model):
    """A job that is done by one process at a time, and how far it has come (`search.turns`)."""

    name = models.CharField(max_length=20, primary_key=True)
    holder = models.CharField(max_length=32, blank=True)
    held_until = models.DateTimeField(db_default=Now())
    position = models.JSONField(default=dict)

    def __str__(self) -> str:
        return f"{self.name}, held until {self.held_until}"


class Rebuild(models.Model):
    """A new index that is being filled while the old one answers; at most one.

    Documents up to and including `filled_to` (an id) are in it. While this row stands, whatever
    is sent is sent to both.
    """

    index = models.CharField(max_length=100, unique=True)
    filled_to = models.BigIntegerField(default=0)
    started_at = models.DateTimeField(db_default=Now())
    is_only = models.BooleanField(default=True, unique=True, editable=False)

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(is_only=True), name="rebuild_only_one")]

    def __str__(self) -> str:
        return f"{self.index}, filled to {self.filled_to}"
