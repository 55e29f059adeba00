"""URLs of signed pictures: made for one viewer, kept in the database, and good for some hours.

`urls_for` is the one way to a URL of a picture whose `access` is `signed`. It does not ask who may
see what: give it only pictures that `visible_to` has let through. A URL is given again while more
than an hour is left of it, and signed anew after that; it never outlives the credentials of the
store that signs.
"""

from collections.abc import Collection, Mapping
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any, NamedTuple

import structlog
from django.conf import settings
from django.utils import timezone

from common.renderers import dumps
from common.statements import execute
from media import storage
from media.models import Media

if TYPE_CHECKING:
    from users.models import User

log = structlog.get_logger(__name__)

URLs = Mapping[int, Mapping[str, str]]  # of pictures by id: longest side -> URL
MARGIN = timedelta(hours=1)  # what must be left of a URL that is given out again
EVERYBODY = 0


class _Kept(NamedTuple):
    media_id: int
    folder: str
    urls: dict[str, str]
    expires_at: datetime


def urls_for(media: Collection[Media], viewer: "User | None") -> URLs:
    """Where `viewer` fetches the signed ones of these pictures; the others are left out.

    `viewer` None: one URL for everybody, for pictures that guests may see. Costs nothing without a
    signed picture among them, one SELECT with, and one statement more where something is signed.
    Pictures for which the store has no credentials at the moment are left out too.
    """
    signed = {
        each.pk: each
        for each in media
        if each.access == Media.Access.SIGNED and each.state == Media.State.READY
    }
    if not signed:
        return {}
    viewer_id = viewer.pk if viewer else EVERYBODY
    now = timezone.now()
    kept = _find(signed, viewer_id)
    good = {pk: row.urls for pk, row in kept.items() if row.expires_at > now + MARGIN}
    if len(good) == len(signed):
        return good
    try:
        return good | _renewed(signed, viewer_id, kept, now)
    except OSError:  # what is left of the old ones will do
        log.exception("media.not_signed")
        return {pk: row.urls for pk, row in kept.items() if row.expires_at > now}


def _renewed(
    signed: Mapping[int, Media], viewer_id: int, kept: Mapping[int, _Kept], now: datetime
) -> dict[int, dict[str, str]]:
    """URLs for the pictures of which none, or little, is left. Raises OSError."""
    until = _until(now)
    # Credentials that end soon sign nothing that would last longer than what there is.
    lasting = {
        pk: row.urls
        for pk, row in kept.items()
        if row.expires_at <= now + MARGIN and row.expires_at >= until
    }
    wanted = [
        each
        for pk, each in sorted(signed.items())
        if pk not in lasting and (pk not in kept or kept[pk].expires_at <= now + MARGIN)
    ]
    made = [
        _Kept(
            each.pk,
            each.folder,
            {
                side: storage.signed_url(name, viewer_id=viewer_id, expires_at=until)
                for side, name in each.renditions.items()
            },
            until,
        )
        for each in wanted
    ]
    return lasting | _keep(made, signed, viewer_id, until=until, now=now)


def _until(now: datetime) -> datetime:
    """When a URL that is signed now ends. Raises OSError without credentials."""
    until = now + timedelta(hours=settings.SIGNED_URL_HOURS)
    if limit := storage.credentials_expire_at():
        if limit <= now + timedelta(seconds=1):
            raise OSError("The credentials that sign have expired.")
        until = min(until, limit)
    return until.replace(microsecond=0)


# --- What is kept --------------------------------------------------------------------------------

_FIND = """
SELECT media_id, folder, urls, expires_at FROM media_signedurl
WHERE viewer_id = %s AND media_id = ANY(%s::bigint[])
"""
# The pictures are held, in one order, so that none goes meanwhile; of two who sign at once, the
# second takes what the first has kept.
_KEEP = """
WITH held AS MATERIALIZED (
    SELECT id FROM media_media WHERE id = ANY(%s::bigint[]) ORDER BY id FOR KEY SHARE
)
INSERT INTO media_signedurl AS kept (media_id, viewer_id, folder, urls, expires_at)
SELECT made.media_id, %s, made.folder, made.urls, %s
FROM jsonb_to_recordset(%s::jsonb) made (media_id bigint, folder text, urls jsonb)
JOIN held ON held.id = made.media_id
ORDER BY made.media_id
ON CONFLICT (media_id, viewer_id) DO UPDATE
SET folder = excluded.folder, urls = excluded.urls, expires_at = excluded.expires_at
WHERE kept.folder <> excluded.folder
   OR (kept.expires_at <= %s AND kept.expires_at < excluded.expires_at)
RETURNING media_id
"""


def _find(signed: Mapping[int, Media], viewer_id: int) -> dict[int, _Kept]:
    """What is kept for these pictures where they are now."""
    rows = (_Kept(*row) for row in execute(_FIND, [viewer_id, list(signed)]))
    return {row.media_id: row for row in rows if row.folder == signed[row.media_id].folder}


def _keep(
    made: Collection[_Kept],
    signed: Mapping[int, Media],
    viewer_id: int,
    *,
    until: datetime,
    now: datetime,
) -> dict[int, dict[str, str]]:
    """Keep what was signed; what is good now, which somebody else may have kept first."""
    urls = {row.media_id: row.urls for row in made}
    params: list[Any] = [
        list(urls),
        viewer_id,
        until,
        dumps([row._asdict() for row in made]).decode(),
        now + MARGIN,
    ]
    written = {row[0] for row in execute(_KEEP, params)} if made else set()
    if len(written) < len(made):
        others = {pk: each for pk, each in signed.items() if pk in urls and pk not in written}
        urls |= {pk: row.urls for pk, row in _find(others, viewer_id).items()}
    return urls
