"""Below /instance."""

from django.urls import path

from instance import views

urlpatterns = [path("", views.instance, name="instance")]
