"""The reference server: a bare Django view with a constant body of `BODY_BYTES` bytes."""

import os

from django.conf import settings
from django.core.wsgi import get_wsgi_application
from django.http import HttpRequest, HttpResponse
from django.urls import path

BODY = b"x" * int(os.environ.get("BODY_BYTES", "11"))


def constant(request: HttpRequest) -> HttpResponse:
    length = {"Content-Length": str(len(BODY))}
    return HttpResponse(BODY, content_type="application/json", headers=length)


urlpatterns = [path("", constant)]

if not settings.configured:
    settings.configure(ROOT_URLCONF=__name__, ALLOWED_HOSTS=["*"], SECRET_KEY="bench")
application = get_wsgi_application()
