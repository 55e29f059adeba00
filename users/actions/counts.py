"""What is counted on a person's row by the apps above; by `F()`, in their transactions."""

from django.db.models import F

from users.models import User


def add_posts(author_id: int, visibility: str, delta: int) -> None:
    """Count `delta` more (or fewer) shown posts of that visibility."""
    column = f"{visibility}_posts_count"
    User.objects.filter(pk=author_id).update(**{column: F(column) + delta})
