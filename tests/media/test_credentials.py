"""Keys that end (T6): handed over in the environment, or found as boto3 finds them.

A server of its own, because sessions are lent while nobody else is at its accounts. It refuses
what was signed by a session that has ended, so that nothing here depends on what we believe.
"""

import io
import json
import threading
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
from environs import Env, EnvError

from config.settings.storages import photo_storages
from embedded.s3 import Address, Server, Session
from media import signing, storage
from media.models import SignedURL
from tests.media import s3, stores
from tests.media.test_signed_contract import signed_picture
from tests.system import eventually

ROLE = "yafig"
HOUR = timedelta(hours=1)


@pytest.fixture(scope="module")
def server(tmp_path_factory):
    with Server(tmp_path_factory.mktemp("s3")) as server:
        yield server


@pytest.fixture(scope="module")
def own_bucket(server):
    found = s3.Bucket("yafig-lent", Address.of(server.url))
    found.prepare()
    trust = {
        "Effect": "Allow",
        "Principal": {"Federated": "arn:aws:iam::000000000000:oidc-provider/id.example.org"},
        "Action": "sts:AssumeRoleWithWebIdentity",
    }
    found.iam.create_role(
        RoleName=ROLE,
        AssumeRolePolicyDocument=json.dumps({"Version": "2012-10-17", "Statement": [trust]}),
    )
    found.iam.put_role_policy(
        RoleName=ROLE, PolicyName="yafig", PolicyDocument=s3.policy(found.name)
    )
    return found


@pytest.fixture
def bucket(own_bucket, monkeypatch, settings):
    """Without a key: each test says where it comes from."""
    for name in ("AWS_PROFILE", "AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY", "AWS_SESSION_TOKEN"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("AWS_CONFIG_FILE", "/dev/null")
    monkeypatch.setenv("AWS_SHARED_CREDENTIALS_FILE", "/dev/null")
    monkeypatch.setenv("AWS_EC2_METADATA_DISABLED", "true")
    settings.MEDIA_URL = own_bucket.public_url
    yield own_bucket
    own_bucket.empty()


@pytest.fixture
def use(bucket, monkeypatch):
    """Keep photos in the bucket, with these variables and no others."""

    def put(**variables):
        keyless = {"S3_ACCESS_KEY": "", "S3_SECRET_KEY": "", "S3_CONNECT_TIMEOUT": "0.5"}
        stores.use_bucket(monkeypatch, **{**bucket.variables, **keyless, **variables})

    return put


class _Service(ThreadingHTTPServer):
    """Hands out `session`, or fails where there is none."""

    session: Session | None = None


class _Hands(BaseHTTPRequestHandler):
    """What a machine in a cloud asks for its credentials."""

    server: _Service

    def log_message(self, *_):
        pass

    def do_GET(self):
        session = self.server.session
        body = json.dumps(as_json(session)).encode() if session else b"{}"
        self.send_response(200 if session else 500)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)


@pytest.fixture
def hands(monkeypatch):
    service = _Service(("127.0.0.1", 0), _Hands)
    threading.Thread(target=service.serve_forever, args=(0.05,), daemon=True).start()
    url = f"http://127.0.0.1:{service.server_port}/credentials"
    monkeypatch.setenv("AWS_CONTAINER_CREDENTIALS_FULL_URI", url)
    yield service
    service.shutdown()
    service.server_close()


def as_json(session):
    return {
        "Version": 1,
        "AccessKeyId": session.access_key,
        "SecretAccessKey": session.secret_key,
        "Token": session.token,
        "SessionToken": session.token,
        "Expiration": session.expires_at.strftime("%Y-%m-%dT%H:%M:%SZ"),
    }


def token(session):
    return {
        "S3_ACCESS_KEY": session.access_key,
        "S3_SECRET_KEY": session.secret_key,
        "S3_SESSION_TOKEN": session.token,
        "S3_SESSION_EXPIRES_AT": session.expires_at.isoformat(),
    }


def urls_of(media, viewer):
    return dict(signing.urls_for([media], viewer)[media.pk])


def statuses(http, urls):
    return {http.get(url).status_code for url in urls.values()}


def refused(call, *arguments):
    try:
        call(*arguments)
    except OSError as error:
        return "The bucket failed" in str(error)
    return False


# Handed over


def test_a_url_ends_with_the_session_that_signed_it(server, bucket, use, alice, http):
    session = server.lend(ROLE, seconds=4)
    use(**token(session))
    media = signed_picture(alice)

    urls = urls_of(media, alice)

    assert statuses(http, urls) == {200}
    assert SignedURL.objects.get().expires_at <= session.expires_at
    eventually(lambda: statuses(http, urls) == {403})
    eventually(lambda: signing.urls_for([media], alice) == {})
    eventually(lambda: refused(storage.open_original, media.original))


def test_a_session_that_outlasts_a_url_does_not_shorten_it(server, bucket, use, alice, http):
    use(**token(server.lend(ROLE, seconds=12 * 3600)))
    media = signed_picture(alice)
    began = datetime.now(UTC)

    urls = urls_of(media, alice)

    assert statuses(http, urls) == {200}
    assert abs(SignedURL.objects.get().expires_at - began - 8 * HOUR) < timedelta(minutes=1)


def test_a_session_without_its_token_is_worth_nothing(server, bucket, use):
    session = server.lend(ROLE, seconds=60)
    use(S3_ACCESS_KEY=session.access_key, S3_SECRET_KEY=session.secret_key)

    with pytest.raises(OSError, match="The bucket failed"):
        storage.open_original(f"{storage.new_folder()}/original")


@pytest.mark.parametrize("ends", ["", "2027-01-31T12:00:00", "tomorrow"])
def test_a_token_whose_end_is_not_told_is_refused_at_the_start(monkeypatch, tmp_path, ends):
    told = {"MEDIA_STORAGE": "s3", "S3_BUCKET": "b", "S3_SESSION_TOKEN": "t"}
    for name, value in {**told, "S3_SESSION_EXPIRES_AT": ends}.items():
        monkeypatch.setenv(name, value)

    with pytest.raises((EnvError, ValueError)):
        photo_storages(Env(), tmp_path)


# Found


def test_a_machines_own_credentials_are_found_and_fetched_anew_before_they_end(
    server, bucket, use, hands, alice, http
):
    hands.session = first = server.lend(ROLE, seconds=4)
    use()
    media = signed_picture(alice)
    urls = urls_of(media, alice)
    assert statuses(http, urls) == {200}
    assert SignedURL.objects.get().expires_at <= first.expires_at

    hands.session = server.lend(ROLE, seconds=12 * 3600)
    eventually(lambda: statuses(http, urls) == {403})
    renewed = urls_of(media, alice)

    assert statuses(http, renewed) == {200}
    assert hands.session.access_key in next(iter(renewed.values()))
    left = SignedURL.objects.get().expires_at - datetime.now(UTC)
    assert timedelta(hours=7, minutes=59) < left <= 8 * HOUR


def test_a_profile_is_found_with_the_end_of_its_session(
    server, bucket, use, alice, http, tmp_path, monkeypatch
):
    session = server.lend(ROLE, seconds=3 * 3600)
    (tmp_path / "session.json").write_text(json.dumps(as_json(session)))
    process = f"credential_process = /bin/cat {tmp_path}/session.json"
    (tmp_path / "config").write_text(f"[profile photos]\n{process}\n")
    monkeypatch.setenv("AWS_CONFIG_FILE", str(tmp_path / "config"))
    monkeypatch.setenv("AWS_PROFILE", "photos")
    use()

    media = signed_picture(alice)

    assert statuses(http, urls_of(media, alice)) == {200}
    ends = SignedURL.objects.get().expires_at
    assert ends <= session.expires_at < ends + timedelta(seconds=5)


def test_a_session_of_less_than_an_hour_signs_no_more_than_one_that_lasts(
    server, bucket, use, alice
):
    """Its URLs never have an hour left; they are given out again all the same."""
    use(**token(server.lend(ROLE, seconds=1200)))
    media = signed_picture(alice)
    signed = stores.count_signatures()

    first = urls_of(media, alice)
    again = [urls_of(media, alice) for _ in range(5)]

    assert again == [first] * 5
    assert len(signed) == len(media.renditions)


def test_where_no_credentials_are_handed_out_nothing_hangs_and_nothing_breaks(
    server, bucket, use, hands, alice, http
):
    hands.session = server.lend(ROLE, seconds=60)
    use()
    media = signed_picture(alice)
    first = urls_of(media, alice)
    hands.session = None
    use()  # as after a restart: no credentials in memory

    with pytest.raises(OSError, match="The bucket failed"):
        storage.save_original(storage.new_folder(), io.BytesIO(b"x"))
    assert urls_of(media, alice) == first
    assert statuses(http, first) == {200}

    hands.session = server.lend(ROLE, seconds=60)
    assert storage.open_original(media.original).size == media.size


def test_what_a_form_is_signed_with_ends_too(server, bucket, use, http):
    session = server.lend(ROLE, seconds=4)
    use(**token(session))
    name = f"{storage.new_folder()}/upload"
    url, fields = storage.upload_store().form(name, mime="image/jpeg", size=1, seconds=3600)

    def sent():
        return http.post(url, data=fields, files={"file": b"x"}).status_code

    assert sent() == 204
    eventually(lambda: sent() == 403)
