"""Composes the letters to people and hands them to the mail server.

Each is a pair of templates in templates/mail/: `<name>.txt`, whose first line is the subject,
and `<name>.html`. Whoever calls may do so twice: mail is delivered at least once.
"""

from urllib.parse import quote

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.template.loader import render_to_string

from instance.models import Site
from users.models import User


def send_welcome(user: User, *, token: str) -> None:
    """Welcome somebody, with the link that proves their address if that is yet to be done."""
    if user.email_verified_at is None:
        _send(user, "welcome", to=user.email, token=token, link=_link("activate", token))
    else:
        _send(user, "welcome_proved", to=user.email, link=f"{settings.FRONTEND_URL}/login")


def send_code(*, email: str, code: str) -> None:
    """The six digits that prove an address for which there is no account yet."""
    _send(None, "code", to=email, code=code, minutes=str(settings.CODE_MINUTES))


def send_known_already(*, email: str) -> None:
    """Tell somebody whose address was typed to sign up with that they are a member already."""
    _send(None, "known_already", to=email, link=f"{settings.FRONTEND_URL}/reset")


def send_reset(user: User, *, token: str) -> None:
    """The link to a new password."""
    _send(user, "reset", to=user.email, token=token, link=_link("reset", token))


def send_password_changed(user: User) -> None:
    """Tell the owner, who may not have been the one."""
    _send(user, "password_changed", to=user.email, link=f"{settings.FRONTEND_URL}/reset")


def send_address_confirmation(user: User, *, email: str, token: str) -> None:
    """The link that moves the account to `email`, sent there."""
    _send(user, "confirm_address", to=email, token=token, link=_link("activate", token))


def send_address_changed(user: User, *, former_email: str) -> None:
    """Tell the address that is no longer the account's."""
    _send(user, "address_changed", to=former_email)


def _link(page: str, token: str) -> str:
    return f"{settings.FRONTEND_URL}/{page}?token={quote(token)}"


def _send(user: User | None, name: str, *, to: str | None, **context: str) -> None:
    """Nothing happens where there is no address to write to."""
    if not to:
        return
    site = Site.objects.current()
    days = settings.PASSWORD_RESET_TIMEOUT // (24 * 3600)
    everything = {"user": user, "site": site, "days": days, **context}
    subject, _, text = render_to_string(f"mail/{name}.txt", everything).partition("\n")
    letter = EmailMultiAlternatives(" ".join(subject.split()), text.lstrip("\n"), to=[to])
    letter.attach_alternative(render_to_string(f"mail/{name}.html", everything), "text/html")
    letter.send()
