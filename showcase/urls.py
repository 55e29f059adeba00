"""Below /users/{username}/showcase/, and below /api/. `config/urls.py` says where these stand."""

from django.urls import URLPattern, path, register_converter
from django.urls.converters import StringConverter

from showcase.views import showcase, threetography


class PlaceConverter(StringConverter):
    """A place, whatever the case; anything else is no path of ours."""

    regex = "(?i:one|two|three)"

    def to_python(self, value: str) -> str:
        return value.lower()


register_converter(PlaceConverter, "place")

OF_A_PERSON: list[URLPattern] = [
    path("", showcase.Showcase.as_view(), name="showcase"),
    path("history/", showcase.History.as_view(), name="showcase-history"),
    path("<place:place>/", showcase.OnePlace.as_view(), name="showcase-place"),
]

OF_ALL: list[URLPattern] = [
    path("feed/", showcase.Feed.as_view(), name="showcase-feed"),
]

THREETOGRAPHY: list[URLPattern] = [
    path("register/", threetography.register),
    path("login/", threetography.login),
    path("authenticated/", threetography.authenticated),
    path("me/", threetography.me),
    path("following/", threetography.following),
    path("search/", threetography.search),
    path("follow/", threetography.follow),
    path("unfollow/", threetography.unfollow),
    path("description/", threetography.description),
    path("upload/", threetography.upload),
]
