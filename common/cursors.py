"""How a cursor travels: packed into `?cursor=`, taken out again, and named in the links of a page.

What is in it is its list's own. A cursor hides nothing; it is packed so that nobody builds on it.
"""

import base64
from urllib.parse import urlencode

from django.conf import settings
from rest_framework.exceptions import ValidationError
from rest_framework.request import Request


def pack(text: str) -> str:
    return base64.urlsafe_b64encode(text.encode()).decode().rstrip("=")


def unpack(sent: str) -> str:
    """Raises ValueError for what was never packed."""
    return base64.urlsafe_b64decode(sent + "=" * (-len(sent) % 4)).decode("ascii")


def bad_cursor() -> ValidationError:
    """The 400 for a cursor that is none of ours, or of another list."""
    return ValidationError({"cursor": ["Not one of our cursors."]})


def link(request: Request, cursor: str) -> str:
    """The request's own address at another cursor; on the site's name, whatever was asked."""
    query = {**request.query_params.dict(), "cursor": cursor}
    return f"{settings.SITE_URL}{request.path}?{urlencode(query)}"
