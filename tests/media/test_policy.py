"""`deploy/s3-policy.json` (Y16): all that Yafig does is allowed by it, anything else refused.

The suites of both stores run under it. Here is that no line of it could be left out, and what it
does not allow. The server enforces it: `embedded.s3`.
"""

import io
import json
from datetime import UTC, datetime
from typing import Any

import boto3
import pytest
from botocore.exceptions import ClientError
from botocore.validate import ParamValidator
from django.conf import settings
from django.core.files.storage import storages
from django.core.management import CommandError, call_command

from media import storage
from tests.media import s3, stores

PLACES = ("public", "originals")


@pytest.fixture
def client(bucket):
    """Of somebody who got hold of Yafig's keys."""
    return s3.client("s3", bucket.server.endpoint, key=bucket.key, secret=bucket.secret)


@pytest.fixture
def narrowed(bucket):
    """Take something out of the policy, for this test."""
    yield lambda document: bucket.allow(json.dumps(document))
    bucket.allow(s3.policy(bucket.name))


def refused(call, **arguments):
    with pytest.raises(ClientError) as caught:
        call(**arguments)
    answer = caught.value.response
    return answer["ResponseMetadata"]["HTTPStatusCode"], answer["Error"]["Code"]


def everything(place):
    """What Yafig does in one part of the bucket; the actions that it needs, in order."""
    store: Any = storages["default" if place == "public" else "originals"]
    name = f"{storage.new_folder()}/file"
    yield "s3:PutObject", lambda: store.save(name, io.BytesIO(b"x"))
    yield "s3:GetObject", lambda: store.open(name)
    yield "s3:GetObject", lambda: store.exists(name)
    yield "s3:ListBucket", lambda: store.listdir(name.rpartition("/")[0])
    yield "s3:ListBucket", lambda: list(store.listed(""))
    yield "s3:DeleteObject", lambda: store.delete(name)
    if place == "originals":  # nobody sends anything straight to where it is public
        parts = []
        yield "s3:PutObject", lambda: parts.append(store.begin_parts(name))
        yield "s3:ListMultipartUploadParts", lambda: store.part_sizes(name, parts[0])
        yield "s3:AbortMultipartUpload", lambda: store.abort_parts(name, parts[0])
        yield "s3:ListBucketMultipartUploads", lambda: store.abort_parts_before(datetime.now(UTC))


def first_refused(calls):
    """The action that the first refused call needs."""
    for action, call in calls:
        try:
            call()
        except OSError as error:
            cause = error.__cause__
            assert isinstance(cause, ClientError)
            assert cause.response["ResponseMetadata"]["HTTPStatusCode"] == 403
            return action
    return None


def actions_of(document):
    return [action for statement in document["Statement"] for action in statement["Action"]]


def test_all_that_yafig_does_is_allowed_without_any_help(bucket, narrowed):
    """The file as it is, without the line that this server needs for forms."""
    narrowed(json.loads(s3.text_of("s3-policy.json", bucket.name)))

    for place in PLACES:
        for _, call in everything(place):
            call()


def test_no_action_of_the_policy_could_be_left_out(bucket, narrowed):
    document = json.loads(s3.text_of("s3-policy.json", bucket.name))
    needed = {action for place in PLACES for action, _ in everything(place)}
    assert sorted(actions_of(document)) == sorted(needed)

    for left_out in sorted(needed):
        less = json.loads(json.dumps(document))
        for statement in less["Statement"]:
            statement["Action"] = [each for each in statement["Action"] if each != left_out]
        less["Statement"] = [each for each in less["Statement"] if each["Action"]]
        narrowed(less)
        assert first_refused(everything("originals")) == left_out


@pytest.mark.parametrize("place", PLACES)
def test_no_place_of_the_policy_could_be_left_out(bucket, narrowed, place):
    document = json.loads(s3.text_of("s3-policy.json", bucket.name))
    resources = document["Statement"][0]["Resource"]
    resources.remove(f"arn:aws:s3:::{bucket.name}/{place}/*")
    assert len(resources) == 1
    narrowed(document)

    for _, call in everything("originals" if place == "public" else "public"):
        call()
    assert first_refused(everything(place)) == "s3:PutObject"


OUTSIDE: dict[str, dict[str, Any]] = {
    "put_object": {"Key": "elsewhere/file", "Body": b"x"},
    "get_object": {"Key": "elsewhere/file"},
    "delete_object": {"Key": "elsewhere/file"},
}
OF_OBJECTS: dict[str, dict[str, Any]] = {
    "put_object_acl": {"Key": "originals/file", "ACL": "public-read"},
    "get_object_acl": {"Key": "originals/file"},
    "put_object_tagging": {"Key": "originals/file", "Tagging": {"TagSet": []}},
    "get_object_tagging": {"Key": "originals/file"},
    "put_object_legal_hold": {"Key": "originals/file", "LegalHold": {"Status": "ON"}},
}
OF_THE_BUCKET: dict[str, dict[str, Any]] = {
    "delete_bucket": {},
    "put_bucket_policy": {"Policy": "{}"},
    "get_bucket_policy": {},
    "delete_bucket_policy": {},
    "put_bucket_acl": {"ACL": "public-read"},
    "get_bucket_acl": {},
    "put_bucket_cors": {"CORSConfiguration": {"CORSRules": []}},
    "delete_bucket_cors": {},
    "put_bucket_versioning": {"VersioningConfiguration": {"Status": "Enabled"}},
    "put_bucket_tagging": {"Tagging": {"TagSet": []}},
    "list_object_versions": {},
}


@pytest.mark.parametrize("call", [*OUTSIDE, *OF_OBJECTS, *OF_THE_BUCKET])
def test_nothing_else_can_be_done_to_the_bucket(bucket, client, call):
    for key in ("elsewhere/file", "originals/file"):
        bucket.put(key, b"theirs")
    policy = bucket.admin.get_bucket_policy(Bucket=bucket.name)["Policy"]
    arguments = {**OUTSIDE, **OF_OBJECTS, **OF_THE_BUCKET}[call]

    assert refused(getattr(client, call), Bucket=bucket.name, **arguments) == (
        403,
        "AccessDenied",
    )

    assert bucket.keys() == ["elsewhere/file", "originals/file"]
    assert bucket.get("elsewhere/file")["Body"].read() == b"theirs"
    assert bucket.admin.get_bucket_policy(Bucket=bucket.name)["Policy"] == policy


def test_nothing_can_be_done_to_another_bucket(bucket, client):
    other = f"{bucket.name}-other"
    bucket.admin.create_bucket(
        Bucket=other, CreateBucketConfiguration={"LocationConstraint": bucket.server.region}
    )
    bucket.admin.put_object(Bucket=other, Key="public/file", Body=b"theirs")
    try:
        calls: dict[str, dict[str, Any]] = {
            "get_object": {"Key": "public/file"},
            "put_object": {"Key": "public/file", "Body": b"ours"},
            "delete_object": {"Key": "public/file"},
            "list_objects_v2": {},
            "list_multipart_uploads": {},
        }
        for call, arguments in calls.items():
            assert refused(getattr(client, call), Bucket=other, **arguments) == (
                403,
                "AccessDenied",
            ), call
        source = {"Bucket": other, "Key": "public/file"}
        copied = {"Bucket": bucket.name, "Key": "originals/stolen", "CopySource": source}
        assert refused(client.copy_object, **copied) == (403, "AccessDenied")
        body = bucket.admin.get_object(Bucket=other, Key="public/file")["Body"].read()
        assert (body, bucket.keys()) == (b"theirs", [])
    finally:
        bucket.admin.delete_object(Bucket=other, Key="public/file")
        bucket.admin.delete_bucket(Bucket=other)


def test_no_bucket_can_be_made_and_none_is_listed(bucket, client):
    made = {
        "Bucket": f"{bucket.name}-new",
        "CreateBucketConfiguration": {"LocationConstraint": bucket.server.region},
    }

    assert refused(client.create_bucket, **made) == (403, "AccessDenied")
    assert refused(client.list_buckets) == (403, "AccessDenied")


def test_the_keys_open_nothing_of_the_accounts(bucket):
    keys = {"key": bucket.key, "secret": bucket.secret}
    iam = s3.client("iam", bucket.server.iam_endpoint, **keys)

    calls: dict[str, dict[str, Any]] = {
        "list_users": {},
        "create_access_key": {"UserName": bucket.name},
        "put_user_policy": {
            "UserName": bucket.name,
            "PolicyName": "more",
            "PolicyDocument": s3.policy(bucket.name),
        },
    }
    for call, arguments in calls.items():
        assert refused(getattr(iam, call), **arguments)[0] == 403, call


def test_the_suites_run_under_this_policy(bucket):
    """The line that is added is for a mistake of this server: see `s3.policy`."""
    found = bucket.iam.get_user_policy(UserName=bucket.name, PolicyName="yafig")
    document = found["PolicyDocument"]
    document = json.loads(document) if isinstance(document, str) else document
    added = document["Statement"].pop()

    assert document == json.loads(s3.text_of("s3-policy.json", bucket.name))
    assert added == {
        "Effect": "Allow",
        "Action": "s3:PutObject",
        "Resource": f"arn:aws:s3:::{bucket.name}",
    }
    assert bucket.iam.list_user_policies(UserName=bucket.name)["PolicyNames"] == ["yafig"]


def test_this_server_still_makes_its_mistake_about_forms(bucket, narrowed, http):
    """Fails with a server that does not: then `s3.policy` is the file and nothing else."""
    form = storage.upload_store().form("a/form", mime="image/jpeg", size=1, seconds=60)

    def sent():
        url, fields = form
        return http.post(url, data=fields, files={"file": b"x"}).status_code

    narrowed(json.loads(s3.text_of("s3-policy.json", bucket.name)))
    assert (sent(), bucket.keys()) == (403, [])
    narrowed(json.loads(s3.policy(bucket.name)))
    assert (sent(), bucket.keys()) == (204, ["originals/a/form"])


# What everybody may do


def test_without_a_key_only_public_renditions_are_read(bucket, http):
    for key in ("public/ab/file", "originals/ab/file", "elsewhere"):
        bucket.put(key, b"x")
    own = f"{bucket.server.endpoint}/{bucket.name}"

    assert http.get(f"{own}/public/ab/file").content == b"x"
    for path in ("originals/ab/file", "elsewhere", "", "?uploads", "?policy", "?acl"):
        assert http.get(f"{own}/{path}").status_code == 403, path
    for path in ("public/ab/file", "public/new", "originals/ab/file"):
        assert http.put(f"{own}/{path}", content=b"y").status_code == 403, path
        assert http.delete(f"{own}/{path}").status_code == 403, path
    assert bucket.keys() == ["elsewhere", "originals/ab/file", "public/ab/file"]


def test_a_browser_may_send_uploads_from_the_site_and_from_nowhere_else(bucket, http):
    url = f"{bucket.server.endpoint}/{bucket.name}/originals/ab/file"

    def allowed(origin, method):
        asked = {"Origin": origin, "Access-Control-Request-Method": method}
        answer = http.options(url, headers=asked)
        return answer.headers.get("access-control-allow-origin")

    for method in ("GET", "PUT", "POST"):
        assert allowed("https://photos.example.org", method) == "https://photos.example.org"
        assert allowed("https://elsewhere.example.org", method) is None
    assert allowed("https://photos.example.org", "DELETE") is None


# Making the bucket


@pytest.fixture
def owner(bucket, monkeypatch):
    """Whoever owns the store, about to make another bucket."""
    name = f"{bucket.name}-made"
    keys = {"S3_ACCESS_KEY": bucket.server.access_key, "S3_SECRET_KEY": bucket.server.secret_key}
    stores.use_bucket(monkeypatch, **{**bucket.variables, **keys, "S3_BUCKET": name})
    made = s3.Bucket(name, bucket.server)
    yield made
    if name in [each["Name"] for each in made.admin.list_buckets()["Buckets"]]:
        made.empty()
        made.admin.delete_bucket(Bucket=name)


def test_the_command_makes_a_bucket_whose_public_part_alone_is_read_by_everyone(owner, http):
    call_command("make_bucket", stdout=io.StringIO())
    call_command("make_bucket", stdout=io.StringIO())

    found = json.loads(owner.admin.get_bucket_policy(Bucket=owner.name)["Policy"])
    assert found == json.loads(s3.text_of("s3-bucket-policy.json", owner.name))
    for key in ("public/a", "originals/a"):
        owner.put(key, b"x")
    assert http.get(f"{owner.public_url}a").status_code == 200
    assert http.get(f"{owner.server.endpoint}/{owner.name}/originals/a").status_code == 403


def test_yafigs_own_keys_make_no_bucket(owner, bucket, monkeypatch):
    stores.use_bucket(monkeypatch, **{**bucket.variables, "S3_BUCKET": owner.name})

    with pytest.raises(CommandError, match="AccessDenied"):
        call_command("make_bucket")

    assert owner.name not in [each["Name"] for each in owner.admin.list_buckets()["Buckets"]]


def test_there_is_no_bucket_to_make_for_files():
    with pytest.raises(CommandError, match="MEDIA_STORAGE is not s3"):
        call_command("make_bucket")


def test_the_rule_for_unfinished_uploads_is_one_that_s3_takes():
    """This server has no such rules; boto3 knows their shape."""
    rules = json.loads(s3.text_of("s3-lifecycle.json", "yafig"))
    shape = boto3.client("s3", region_name="eu-central-1").meta.service_model.operation_model(
        "PutBucketLifecycleConfiguration"
    )

    told = {"Bucket": "yafig", "LifecycleConfiguration": rules}
    report = ParamValidator().validate(told, shape.input_shape)
    assert not report.has_errors(), report.generate_report()
    (rule,) = rules["Rules"]
    days = rule["AbortIncompleteMultipartUpload"]["DaysAfterInitiation"]
    assert days * 24 > settings.UPLOAD_HOURS
