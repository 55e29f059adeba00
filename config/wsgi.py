"""The WSGI application that granian serves."""

import os
from typing import Any

import django
from django.core.handlers.wsgi import WSGIHandler, WSGIRequest
from django.utils.http import parse_header_parameters

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.base")


class Request(WSGIRequest):
    """Django's, which does not read the query yet while it is made.

    With a charset it would, and what fails there is outside all middleware: an empty 500.
    `common.middleware.OnlyUTF8` refuses what is not UTF-8, the default.
    """

    def _set_content_type_params(self, meta: dict[str, Any]) -> None:
        try:
            found = parse_header_parameters(meta.get("CONTENT_TYPE", ""))
        except ValueError:
            found = "", {}
        self.content_type, self.content_params = found


class Application(WSGIHandler):
    request_class = Request


django.setup(set_prefix=False)
application = Application()
