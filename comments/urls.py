"""Below /posts/{post_id}/comments/."""

from django.urls import path

from comments import views

urlpatterns = [
    path("", views.Comments.as_view(), name="comments"),
    path("<int:comment_id>/", views.OneComment.as_view(), name="comment"),
    path("<int:comment_id>/replies/", views.Replies.as_view(), name="replies"),
    path("<int:comment_id>/reactions/", views.Reactions.as_view(), name="comment-reactions"),
    path("<int:comment_id>/reactions/summary/", views.ByEmoji.as_view(), name="comment-by-emoji"),
]
