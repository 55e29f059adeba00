"""Renditions, where no web server or CDN stands before us that serves them."""

from django.urls import path

from media import views

urlpatterns = [path("<path:name>", views.rendition, name="rendition")]
