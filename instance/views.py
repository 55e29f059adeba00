"""The HTTP door of what this server says of itself."""

from drf_yasg.utils import swagger_auto_schema
from rest_framework.decorators import api_view, authentication_classes, permission_classes
from rest_framework.permissions import AllowAny
from rest_framework.request import Request
from rest_framework.response import Response

from instance.models import Site
from instance.serializers import InstanceDetail, instance_detail


@swagger_auto_schema(method="get", responses={200: InstanceDetail}, security=[])
@api_view(["GET"])
@authentication_classes([])
@permission_classes([AllowAny])
def instance(request: Request) -> Response:
    """This server's name, rules, limits and abilities. The same for everybody, guests too."""
    return Response(
        instance_detail(Site.objects.current()), headers={"Cache-Control": "public, max-age=60"}
    )
