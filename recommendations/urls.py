"""Below /explore/."""

from django.urls import path

from recommendations import views

urlpatterns = [
    path("", views.Explore.as_view(), name="explore"),
    path("tags/", views.ExploreTags.as_view(), name="explore-tags"),
    path("people/", views.ExplorePeople.as_view(), name="explore-people"),
]
