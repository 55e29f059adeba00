"""Uploads; and renditions, where no web server, CDN or bucket stands before us that serves them."""

from django.urls import path, register_converter
from django.urls.converters import PathConverter

from media import upload_views, views


class NameOfRendition(PathConverter):
    """Anything but the addresses of uploads, whose last slash would be lost on it."""

    regex = r"(?!uploads(?:/|$)).+"


register_converter(NameOfRendition, "rendition")

urlpatterns = [
    path("uploads/", upload_views.Uploads.as_view(), name="uploads"),
    path("uploads/<int:upload_id>/", upload_views.OneUpload.as_view(), name="upload"),
    path(
        "uploads/<int:upload_id>/complete/",
        upload_views.CompleteUpload.as_view(),
        name="upload-complete",
    ),
    path("uploads/files/<path:name>", upload_views.receive_form, name="upload-file"),
    path("uploads/parts/<path:name>", upload_views.receive_part, name="upload-part"),
    path("signed/<path:name>", views.signed_rendition, name="signed-rendition"),
    path("<rendition:name>", views.rendition, name="rendition"),
]
