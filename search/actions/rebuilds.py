"""A new index that is being filled, from its beginning to its end: what the row says of it."""

from search.models import Rebuild


def begin_rebuild(index: str) -> Rebuild:
    """From now on whatever is sent is sent to `index` as well."""
    return Rebuild.objects.create(index=index)


def note_filled(rebuild: Rebuild, *, to: int) -> None:
    """Documents up to this id are in the index; it never goes back."""
    Rebuild.objects.filter(index=rebuild.index, filled_to__lt=to).update(filled_to=to)
    rebuild.filled_to = max(rebuild.filled_to, to)


def end_rebuild(rebuild: Rebuild) -> None:
    """The index serves, or is given up. Twice is as good as once."""
    Rebuild.objects.filter(index=rebuild.index).delete()
