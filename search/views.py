"""HTTP doors of searching: for members and guests, each as far as they may see."""

from typing import Any

from django.conf import settings
from drf_yasg.utils import swagger_auto_schema
from rest_framework.permissions import IsAuthenticatedOrReadOnly
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from common.documents import THROTTLED
from common.throttles import throttle_reads
from search import queries
from search.documents import (
    AUTOCOMPLETE_PARAMETERS,
    QUERY_PARAMETERS,
    RESULTS,
    SUGGESTIONS,
    SYNTAX,
    UNAVAILABLE,
)
from search.serializers import AutocompleteRead, QueryRead, result_cards, suggestion_card
from users.viewer import viewer_or_guest


class Query(APIView):
    permission_classes = [IsAuthenticatedOrReadOnly]
    throttle_classes = [throttle_reads("search")]

    @swagger_auto_schema(
        operation_description=f"Posts, people and tags, the best first.\n{SYNTAX}",
        manual_parameters=QUERY_PARAMETERS,
        responses={200: RESULTS, 429: THROTTLED, 503: UNAVAILABLE},
    )
    def get(self, request: Request) -> Response:
        """Posts, people and tags, the best first."""
        sent = QueryRead(data=request.query_params)
        sent.is_valid(raise_exception=True)
        wish = sent.validated_data
        person = viewer_or_guest(request)
        found = queries.search(person, **wish)
        page = {
            "count": found.count,
            **_links(request, wish["limit"], wish["offset"], found.count),
            "results": result_cards(found.results, person),
            "degraded": found.is_degraded,
        }
        return Response(page)


def _links(request: Request, limit: int, offset: int, count: int) -> dict[str, Any]:
    """The pages before and after this one, where there are results."""
    before = max(0, min(offset, count) - limit)
    return {
        "next": _link(request, offset + limit) if offset + limit < count else None,
        "previous": _link(request, before) if offset else None,
    }


def _link(request: Request, offset: int) -> str:
    query = request.query_params.copy()
    query["offset"] = str(offset)
    return f"{settings.SITE_URL}{request.path}?{query.urlencode()}"


class Autocomplete(APIView):
    permission_classes = [IsAuthenticatedOrReadOnly]
    throttle_classes = [throttle_reads("autocomplete")]

    @swagger_auto_schema(
        manual_parameters=AUTOCOMPLETE_PARAMETERS,
        responses={200: SUGGESTIONS, 429: THROTTLED, 503: UNAVAILABLE},
    )
    def get(self, request: Request) -> Response:
        """People and tags that begin like what is typed, those whom you follow first."""
        sent = AutocompleteRead(data=request.query_params)
        sent.is_valid(raise_exception=True)
        text, limit = sent.validated_data["query"], sent.validated_data.get("limit")
        found = queries.suggest(
            viewer_or_guest(request), text, limit=limit or settings.SEARCH_SUGGESTIONS
        )
        results = [suggestion_card(each) for each in found.candidates]
        return Response({"results": results, "degraded": found.is_degraded})
