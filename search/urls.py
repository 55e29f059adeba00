"""Below /search/."""

from django.urls import path

from search import views

urlpatterns = [
    path("query/", views.Query.as_view(), name="search"),
    path("autocomplete/", views.Autocomplete.as_view(), name="autocomplete"),
]
