"""Makes and reads what proves who somebody is: the two tokens of a session, and those in letters.

A token only names its session; whether that still lives is for the database to say. Nothing
is written here, so there is no list of spent tokens: the session's row knows the one
refresh token that is good.
"""

import uuid
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Any

import jwt
from django.conf import settings
from django.contrib.auth.tokens import default_token_generator
from django.core import signing
from django.utils.crypto import constant_time_compare, salted_hmac
from django.utils.http import base36_to_int, int_to_base36
from rest_framework_simplejwt.tokens import AccessToken, RefreshToken, Token

from common.errors import Invalid, Refusal
from users.models import SignUp, User

LARGEST_ID = 2**63 - 1
_OPTIONS: Any = {"require": ["exp", "jti"]}


class InvalidToken(Refusal):
    """Not ours, not of this kind, out of date, or of a session that has ended: all alike."""

    code = "token_not_valid"
    status = 401
    detail = "The token is invalid or has expired. Please sign in again."


class InvalidLink(Invalid):
    code = "link_not_valid"
    detail = "This link has been used or has expired. Please ask for a new one."


class InvalidTicket(Invalid):
    code = "ticket_not_valid"
    detail = "This proof of your address was used or has expired. Please ask for a new code."


@dataclass(frozen=True)
class Claims:
    """What a token says, once its signature and its age were found good."""

    user_id: int
    session_id: uuid.UUID
    token_id: str
    expires_at: float  # seconds since 1970


# --- The tokens of a session ---------------------------------------------------------------------


class BrowserToken(Token):
    """A refresh token that lives in a cookie; neither kind is taken for the other."""

    token_type = "browser"  # noqa: S105
    lifetime = timedelta(0)  # as a refresh token's: see `for_browser`


def lifetime() -> timedelta:
    """How long a session lasts without use."""
    conf: dict[str, Any] = settings.SIMPLE_JWT
    found: timedelta = conf["REFRESH_TOKEN_LIFETIME"]
    return found


def new_refresh_id() -> str:
    """The `jti` of a refresh token that is about to be made."""
    return uuid.uuid4().hex


def pair(*, user_id: int, session_id: uuid.UUID, refresh_id: str) -> dict[str, str]:
    """`{access, refresh}`, as they are handed out."""
    refresh = RefreshToken()
    refresh["jti"] = refresh_id
    return {
        "access": _named(AccessToken(), user_id, session_id),
        "refresh": _named(refresh, user_id, session_id),
    }


def for_browser(claims: Claims) -> str:
    """The cookie of the session of a refresh token, in its place."""
    cookie = BrowserToken()
    cookie.set_exp(lifetime=lifetime())
    cookie["jti"] = claims.token_id
    return _named(cookie, claims.user_id, claims.session_id)


def renewed(claims: Claims, token_id: str) -> dict[str, str]:
    """`{access, cookie}` of a session whose cookie is now the one with `token_id`."""
    access = _named(AccessToken(), claims.user_id, claims.session_id)
    return {"access": access, "cookie": for_browser(replace(claims, token_id=token_id))}


def successor(token_id: str) -> str:
    """The `jti` of the cookie that follows: always the same one, and known to nobody else."""
    return salted_hmac("users.browser", token_id, algorithm="sha256").hexdigest()[:32]


def _named(token: Token, user_id: int, session_id: uuid.UUID) -> str:
    token["user_id"] = user_id
    token["sid"] = session_id.hex
    return str(token)


def read_access(token: str) -> Claims:
    """The claims of an access token. Raises `InvalidToken`; asks no database."""
    return _read(token, "access")


def read_refresh(token: str) -> Claims:
    """The claims of a refresh token, spent or not. Raises `InvalidToken`; asks no database."""
    return _read(token, "refresh")


def read_browser(cookie: str) -> Claims:
    """The claims of a cookie, spent or not. Raises `InvalidToken`; asks no database."""
    return _read(cookie, "browser")


def lasting(claims: Claims) -> str:
    """An access token of that session for a client that knows of no refreshing.

    An access token like any other, and after its ten minutes still one to `read_lasting`.
    """
    token = AccessToken()
    token["lasts"] = True
    return _named(token, claims.user_id, claims.session_id)


def read_lasting(token: str) -> Claims:
    """The claims of an access token, or of one that `lasting` made, whatever its age.

    Its session ends that one, which the caller must look at. Raises `InvalidToken`.
    """
    try:
        return read_access(token)
    except InvalidToken:
        return _read(token, "access", lasts=True)


def _read(token: str, kind: str, *, lasts: bool = False) -> Claims:
    conf: dict[str, Any] = settings.SIMPLE_JWT
    options: Any = {**_OPTIONS, "verify_exp": not lasts}
    try:  # PyJWT itself: what SimpleJWT adds, its blacklist and its user's id, is not used here
        claims = jwt.decode(token, conf["SIGNING_KEY"], [conf["ALGORITHM"]], options=options)
        if claims["token_type"] != kind or (lasts and claims.get("lasts") is not True):
            raise InvalidToken
        user_id, session_id = claims["user_id"], uuid.UUID(hex=claims["sid"])
    except (jwt.PyJWTError, KeyError, ValueError, TypeError, AttributeError, RecursionError):
        raise InvalidToken from None
    if type(user_id) is not int or not 0 < user_id <= LARGEST_ID:
        raise InvalidToken
    return Claims(user_id, session_id, claims["jti"], claims["exp"])


# --- The tokens in letters -----------------------------------------------------------------------


@dataclass(frozen=True)
class Address:
    """Somebody proved to read the mail of `email`.

    `was` is the address of the account then, and `password` a digest of its password's hash.
    """

    user_id: int
    email: str
    was: str | None
    password: str


def for_address(user: User, email: str) -> str:
    """A token that only the reader of `email` has, for `settings.PASSWORD_RESET_TIMEOUT`."""
    return signing.dumps([user.pk, email, user.email, _digest(user)], salt="users.address")


def _digest(user: User) -> str:
    """Tells one password of `user` from the next, and nothing else."""
    return salted_hmac("users.address", user.password, algorithm="sha256").hexdigest()[:16]


def read_address(token: str) -> Address:
    """Whose address was proved. Raises `InvalidLink`."""
    try:
        user_id, email, was, password = signing.loads(
            token, salt="users.address", max_age=settings.PASSWORD_RESET_TIMEOUT
        )
    except (signing.BadSignature, ValueError):
        raise InvalidLink from None
    return Address(user_id, email, was, password)


def may_move(user: User, proof: Address) -> bool:
    """Whether `user` still has the address and the password with which the move was asked for."""
    return user.email == proof.was and constant_time_compare(_digest(user), proof.password)


def for_reset(user: User) -> str:
    """A token that sets a new password once: it dies with the present one."""
    return f"{int_to_base36(user.pk)}-{default_token_generator.make_token(user)}"


def owner_of_reset(token: str) -> int:
    """Whom a reset token names, unproved. Raises `InvalidLink` when it is none."""
    name, dash, _ = token.partition("-")
    try:
        user_id = base36_to_int(name)
    except ValueError:
        raise InvalidLink from None
    if not dash or not 0 < user_id <= LARGEST_ID:
        raise InvalidLink
    return user_id


def is_good_reset(user: User, token: str) -> bool:
    """Whether a reset token was made for `user` as they are now, and in time."""
    return bool(default_token_generator.check_token(user, token.partition("-")[2]))


# --- Codes, and what is had for them -------------------------------------------------------------

CODE_DIGITS = 6


def code_of(row: SignUp) -> str:
    """The six digits that prove the address of `row`: the same for as long as its secret."""
    made = salted_hmac("users.code", f"{row.secret} {row.address}", algorithm="sha256").digest()
    return f"{int.from_bytes(made) % 10**CODE_DIGITS:0{CODE_DIGITS}}"


def for_sign_up(row: SignUp) -> str:
    """A ticket that says the address of `row` was proved; good once, while its code lives."""
    return signing.dumps([row.pk, row.secret], salt="users.sign_up")


def read_sign_up(ticket: str) -> tuple[int, str]:
    """The id and the secret of a `SignUp`. Raises `InvalidTicket`."""
    try:
        sign_up_id, secret = signing.loads(ticket, salt="users.sign_up")
    except (signing.BadSignature, ValueError):
        raise InvalidTicket from None
    return sign_up_id, secret
