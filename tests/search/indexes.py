"""Looking into indexes while they are rebuilt."""

from django.utils import timezone

from search.models import Document, Turn


def steps_to(stage, steps):
    """Go on until a batch of `stage` is done; the steps that come after it."""
    for step in steps:
        if step.stage == stage:
            return steps
    raise AssertionError(f"It never came to {stage}.")


def in_index(engine, index):
    """Key to version of every copy in an index."""
    engine.refresh(index)
    copies = engine.copies_after(None, index, limit=5000)
    return {(copy.kind, copy.key): copy.version for copy in copies}


def in_table():
    rows = Document.objects.values_list("kind", "key", "version")
    return {(kind, key): version for kind, key, version in rows}


def titles(engine, node, index):
    engine.refresh(index)
    hits = node.search(index=index, size=5000)["hits"]["hits"]
    sources = {hit["_id"]: hit["_source"] for hit in hits}
    return {name: each.get(each["kind"], {}).get("title", "") for name, each in sources.items()}


def killed():
    """As if the process that has the turn were gone for longer than it can be waited for."""
    Turn.objects.update(held_until=timezone.now())
