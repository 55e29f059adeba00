"""What lists of posts can be filtered by; what makes no sense is a 400 in the house's shape."""

from collections import OrderedDict
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

import django_filters
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.forms import CharField
from drf_yasg import openapi

from common.errors import Invalid
from posts.models import Post
from posts.tags import clean_tag


class _TagField(CharField):
    def to_python(self, value: Any) -> str:
        text = super().to_python(value)
        try:
            return clean_tag(text) if text else ""
        except Invalid as error:
            raise ValidationError(error.message) from error


class TagFilter(django_filters.CharFilter):  # type: ignore[misc]
    """Posts with a tag, in whichever spelling it is asked for."""

    field_class = _TagField

    def filter(self, qs: Any, value: str) -> Any:
        return qs.tagged(value) if value else qs


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time(), UTC)


class _DateFilters(django_filters.FilterSet):  # type: ignore[misc]
    """`from` and `to`: days in UTC, both included. (The first is a word of Python's.)"""

    dated_by = "published_at"

    @classmethod
    def get_filters(cls) -> "OrderedDict[str, django_filters.Filter]":
        filters: OrderedDict[str, django_filters.Filter] = super().get_filters()
        filters["from"] = django_filters.DateFilter(method="since")
        filters["to"] = django_filters.DateFilter(method="until")
        return filters

    def since(self, queryset: Any, name: str, value: date) -> Any:
        return queryset.filter(**{f"{self.dated_by}__gte": _midnight(value)})

    def until(self, queryset: Any, name: str, value: date) -> Any:
        if value == date.max:
            return queryset
        return queryset.filter(**{f"{self.dated_by}__lt": _midnight(value + timedelta(days=1))})


class PostFilters(_DateFilters):
    """For lists of published posts."""

    tag = TagFilter()
    type = django_filters.ChoiceFilter(choices=Post.Type.choices)
    author = django_filters.CharFilter(method="by")

    def by(self, queryset: "QuerySet[Post]", name: str, value: str) -> "QuerySet[Post]":
        return queryset.filter(author__username__iexact=value)


class OwnPostFilters(_DateFilters):
    """For one's own posts, in every state."""

    tag = TagFilter()
    type = django_filters.ChoiceFilter(choices=Post.Type.choices)
    state = django_filters.ChoiceFilter(choices=Post.State.choices)
    visibility = django_filters.ChoiceFilter(choices=Post.Visibility.choices)


# --- The same for `/docs` ------------------------------------------------------------------------


def _parameter(name: str, description: str, **more: Any) -> openapi.Parameter:
    return openapi.Parameter(
        name, openapi.IN_QUERY, description, type=openapi.TYPE_STRING, required=False, **more
    )


_SHARED = [
    _parameter("tag", "In any spelling, with or without `#`."),
    _parameter("type", "What kind of post.", enum=Post.Type.values),
    _parameter("from", "Published on this day (UTC) or later.", format=openapi.FORMAT_DATE),
    _parameter("to", "Published on this day (UTC) or before.", format=openapi.FORMAT_DATE),
]
POST_PARAMETERS = [*_SHARED, _parameter("author", "Username of the author.")]
OWN_POST_PARAMETERS = [
    *_SHARED,
    _parameter("state", "How far it got.", enum=Post.State.values),
    _parameter("visibility", "Who may see it.", enum=Post.Visibility.values),
]
