"""Examples that `/docs` shows beside the shapes of a showcase, and threetography's errors."""

from common.documents import error
from users.actions.relationships import Blocking, WithOneself
from users.actions.sessions import WrongCredentials
from users.actions.sign_up import RegistrationsClosed

URL = "https://yafig.example.org/media/signed/ab/cdef…/1080.jpg?expires=…&signature=…"
PICTURE = {
    "id": 31,
    "type": "photo",
    "state": "ready",
    "alt_text": "The harbour at six",
    "width": 1080,
    "height": 810,
    "blurhash": "LKO2?U%2Tw=w]~RBVZRi};RPxuwH",
    "url": URL,
    "renditions": {"1080": URL},
    "error": None,
}
_EMPTY = {"media": None, "hung_at": None, "coming": None}
SHOWCASE = {
    "application/json": {
        "places": [
            {"place": "one", "media": PICTURE, "hung_at": "2026-11-21T09:30:00Z", "coming": None},
            {"place": "two", **_EMPTY},
            {"place": "three", **_EMPTY},
        ]
    }
}
THREE = {"user": "ada", "imageUrls": [URL, "", ""], "description": "Engines and poetry."}
CLOSED = error("registrations_closed", "Nobody may register.", RegistrationsClosed.detail)
TAKEN = error("taken", "The name is taken, or a field wrong.", "Somebody has this name already.")
WRONG = error(
    "wrong_credentials", "Unknown name or wrong password: alike.", WrongCredentials.detail
)
ONESELF = error("with_oneself", "Yourself, or nobody was named.", WithOneself.detail)
NOBODY = error("not_found", "Nobody of that name whom you may see.", "Not found.")
BLOCKING = error("blocking", "You block them.", Blocking.detail)
