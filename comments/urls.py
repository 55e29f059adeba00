"""Below /posts/{post_id}/comments/."""

from django.urls import path

from comments import views

urlpatterns = [
    path("", views.Comments.as_view(), name="comments"),
    path("<int:comment_id>/", views.OneComment.as_view(), name="comment"),
]
