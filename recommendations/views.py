"""HTTP doors of explore: for members, and for guests as for anybody who has just come (L8)."""

from drf_yasg import openapi
from drf_yasg.utils import swagger_auto_schema
from rest_framework.permissions import IsAuthenticatedOrReadOnly
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from common.documents import PAGED, error, page_of
from recommendations import pages
from recommendations.serializers import PersonPick, PostPick, TagPick

RENEWED = error(
    pages.ListRenewed.code,
    "The cursor is of recommendations that are not kept any more.",
    pages.ListRenewed.detail,
)


class Explore(APIView):
    permission_classes = [IsAuthenticatedOrReadOnly]

    @swagger_auto_schema(
        tags=["explore"],
        manual_parameters=PAGED,
        responses={200: openapi.Response("The best first.", page_of(PostPick)), 410: RENEWED},
    )
    def get(self, request: Request) -> Response:
        """Posts that you may like, by people whom you do not follow, and why.

        What people you follow react to, what has tags that you follow or react to, and what is
        liked on the site. They are found anew every few minutes; `next` goes on in what you began
        to read.
        """
        return Response(pages.page(request, pages.POST))


class ExploreTags(APIView):
    permission_classes = [IsAuthenticatedOrReadOnly]

    @swagger_auto_schema(
        tags=["explore"],
        manual_parameters=PAGED,
        responses={200: openapi.Response("The best first.", page_of(TagPick)), 410: RENEWED},
    )
    def get(self, request: Request) -> Response:
        """Tags that are much used, and tags that you may like; none that you follow."""
        return Response(pages.page(request, pages.TAG))


class ExplorePeople(APIView):
    permission_classes = [IsAuthenticatedOrReadOnly]

    @swagger_auto_schema(
        tags=["explore"],
        manual_parameters=PAGED,
        responses={200: openapi.Response("The best first.", page_of(PersonPick)), 410: RENEWED},
    )
    def get(self, request: Request) -> Response:
        """People whom you may want to follow: friends of friends, and whose posts you like."""
        return Response(pages.page(request, pages.PERSON))
