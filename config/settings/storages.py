"""Where photos are kept: in folders of this machine, or in a bucket that speaks S3.

The originals have no URL in either: only workers read them. Beside them are the renditions that
not everybody may see, each with URLs that are signed for one person.
"""

from datetime import datetime
from pathlib import Path
from typing import Any

from environs import Env, EnvError, validate


def photo_storages(env: Env, root: Path) -> dict[str, Any]:
    """`STORAGES["default"]`, the public renditions, and `["originals"]`; by `MEDIA_STORAGE`."""
    kind = env.str("MEDIA_STORAGE", "files", validate=validate.OneOf(["files", "s3"]))
    return _bucket(env) if kind == "s3" else folders(root)


def folders(root: Path) -> dict[str, Any]:
    return {
        "default": {"BACKEND": "media.disk.Disk", "OPTIONS": {"location": root / "public"}},
        "originals": {"BACKEND": "media.disk.Disk", "OPTIONS": {"location": root / "originals"}},
    }


def _bucket(env: Env) -> dict[str, Any]:
    """One bucket with two prefixes, so that one short policy can open `public/` alone."""
    options = {
        "bucket_name": env.str("S3_BUCKET"),
        "endpoint_url": env.str("S3_ENDPOINT_URL", "") or None,
        "public_endpoint_url": env.str("S3_PUBLIC_ENDPOINT_URL", "") or None,
        "region_name": env.str("S3_REGION", "") or None,
        "access_key": env.str("S3_ACCESS_KEY", "") or None,
        "secret_key": env.str("S3_SECRET_KEY", "") or None,
        **_temporary(env),
        "connect_timeout": env.float("S3_CONNECT_TIMEOUT", 3.0),  # seconds
        "read_timeout": env.float("S3_READ_TIMEOUT", 10.0),  # seconds
        "object_timeout": env.float("S3_OBJECT_TIMEOUT", 60.0),  # seconds
        "max_memory_size": 32 * 1024 * 1024,  # bytes of an object that stay in memory when read
    }
    parameters = {"CacheControl": "public, max-age=31536000, immutable"}
    return {
        "default": {
            "BACKEND": "media.bucket.Bucket",
            "OPTIONS": {
                **options,
                "location": "public",
                "querystring_auth": False,
                "object_parameters": parameters,
            },
        },
        "originals": {
            "BACKEND": "media.bucket.Bucket",
            "OPTIONS": {
                **options,
                "location": "originals",
                "object_parameters": {"CacheControl": "private, max-age=28800"},
            },
        },
    }


def _temporary(env: Env) -> dict[str, Any]:
    """The rest of a key that ends. One without its end would sign URLs that outlive it."""
    token = env.str("S3_SESSION_TOKEN", "") or None
    ends = env.str("S3_SESSION_EXPIRES_AT", "")
    if token and not ends:
        raise EnvError("S3_SESSION_TOKEN needs S3_SESSION_EXPIRES_AT, as 2027-01-31T12:00:00Z.")
    expires_at = datetime.fromisoformat(ends) if ends else None
    if expires_at and expires_at.tzinfo is None:
        raise EnvError("S3_SESSION_EXPIRES_AT needs a time zone: 2027-01-31T12:00:00Z.")
    return {"security_token": token, "token_expires_at": expires_at}
