"""Who asks under /api: a client written for threetography, which knows of one token only."""

from users import tokens
from users.authentication import BearerAuthentication


class LastingBearer(BearerAuthentication):
    """Any access token; one from `/api/login` for as long as its session."""

    read = staticmethod(tokens.read_lasting)
