"""A bucket on the real S3 server, as an operator prepares it: by the files in `deploy/`.

Each worker of the suite has a bucket and an account of its own, which may do what
`deploy/s3-policy.json` says. The server enforces it, as it enforces signatures and their ends.
"""

import json
import os
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any

import boto3
from botocore.config import Config

from embedded.s3 import Address

DEPLOY = Path(__file__).parents[2] / "deploy"
NAME_IN_THE_FILES = "arn:aws:s3:::yafig"


def address() -> Address:
    """Of the server that the run of the suite has started."""
    url = os.environ.get("TEST_S3_URL")
    assert url, "There is no S3 server: run the tests by `make test`, which starts one."
    return Address.of(url)


def client(kind: str, endpoint: str, **credentials: str | None) -> Any:
    """A client that tries once. `credentials`: key, secret and, of temporary ones, token."""
    return boto3.client(
        kind,
        endpoint_url=endpoint,
        region_name="us-east-1" if kind == "iam" else address().region,  # accounts have no region
        aws_access_key_id=credentials["key"],
        aws_secret_access_key=credentials["secret"],
        aws_session_token=credentials.get("token"),
        config=Config(
            signature_version="s3v4" if kind == "s3" else "v4",
            s3={"addressing_style": "path"},
            request_checksum_calculation="when_required",
            response_checksum_validation="when_required",
            retries={"total_max_attempts": 1},
        ),
    )


def text_of(name: str, bucket: str) -> str:
    """A file of `deploy/`, for this bucket."""
    return (DEPLOY / name).read_text().replace(NAME_IN_THE_FILES, f"arn:aws:s3:::{bucket}")


def policy(bucket: str) -> str:
    """`deploy/s3-policy.json`, and what this server alone asks for.

    versitygw 1.8.0 looks for `s3:PutObject` on the bucket, not on the object, where a form
    posts. On Amazon's such a line allows nothing.
    """
    found = json.loads(text_of("s3-policy.json", bucket))
    resource = f"arn:aws:s3:::{bucket}"
    found["Statement"].append({"Effect": "Allow", "Action": "s3:PutObject", "Resource": resource})
    return json.dumps(found)


@dataclass
class Bucket:
    """`key` and `secret` are Yafig's; `admin` and `iam` are the owner's own clients."""

    name: str
    server: Address = field(default_factory=address)
    key: str = ""
    secret: str = ""

    @cached_property
    def admin(self) -> Any:
        return self.as_admin("s3", self.server.endpoint)

    @cached_property
    def iam(self) -> Any:
        return self.as_admin("iam", self.server.iam_endpoint)

    def as_admin(self, kind: str, endpoint: str) -> Any:
        keys = {"key": self.server.access_key, "secret": self.server.secret_key}
        return client(kind, endpoint, **keys)

    def prepare(self) -> None:
        """What `docs/operations.md` tells an operator to do."""
        self.admin.create_bucket(
            Bucket=self.name,
            CreateBucketConfiguration={"LocationConstraint": self.server.region},
        )
        public = text_of("s3-bucket-policy.json", self.name)
        self.admin.put_bucket_policy(Bucket=self.name, Policy=public)
        cors = json.loads(text_of("s3-cors.json", self.name))
        self.admin.put_bucket_cors(Bucket=self.name, CORSConfiguration=cors)
        self.iam.create_user(UserName=self.name)
        self.allow(policy(self.name))
        made = self.iam.create_access_key(UserName=self.name)["AccessKey"]
        self.key, self.secret = made["AccessKeyId"], made["SecretAccessKey"]

    def allow(self, document: str) -> None:
        """Give Yafig's account another policy."""
        self.iam.put_user_policy(UserName=self.name, PolicyName="yafig", PolicyDocument=document)

    @property
    def variables(self) -> dict[str, str]:
        """The environment of a Yafig that keeps its photos here."""
        return {
            "MEDIA_STORAGE": "s3",
            "S3_BUCKET": self.name,
            "S3_ENDPOINT_URL": self.server.endpoint,
            "S3_REGION": self.server.region,
            "S3_ACCESS_KEY": self.key,
            "S3_SECRET_KEY": self.secret,
        }

    @property
    def public_url(self) -> str:
        """MEDIA_URL."""
        return f"{self.server.endpoint}/{self.name}/public/"

    def keys(self, prefix: str = "") -> list[str]:
        """What is in the bucket, by full keys."""
        pages = self.admin.get_paginator("list_objects_v2").paginate(
            Bucket=self.name, Prefix=prefix
        )
        return sorted(each["Key"] for page in pages for each in page.get("Contents", []))

    def unfinished(self) -> list[str]:
        """The keys of uploads in parts that were begun and neither joined nor aborted."""
        found = self.admin.list_multipart_uploads(Bucket=self.name).get("Uploads", [])
        return [each["Key"] for each in found]

    def get(self, key: str) -> Any:
        """An object as its owner sees it: `Body`, `ContentType`, `CacheControl`, …"""
        return self.admin.get_object(Bucket=self.name, Key=key)

    def put(self, key: str, body: bytes) -> None:
        self.admin.put_object(Bucket=self.name, Key=key, Body=body)

    def empty(self) -> None:
        for each in self.admin.list_multipart_uploads(Bucket=self.name).get("Uploads", []):
            self.admin.abort_multipart_upload(
                Bucket=self.name, Key=each["Key"], UploadId=each["UploadId"]
            )
        keys = [{"Key": key} for key in self.keys()]
        for at in range(0, len(keys), 1000):  # as many as one request takes
            told = {"Objects": keys[at : at + 1000], "Quiet": True}
            left = self.admin.delete_objects(Bucket=self.name, Delete=told).get("Errors", [])
            assert not left, left
