"""Below /posts/."""

from django.urls import path

from posts import views

urlpatterns = [
    path("", views.OwnPosts.as_view(), name="posts"),
    path("timeline/", views.Timeline.as_view(), name="timeline"),
    path("user/<int:user_id>/", views.PostsOfSomebody.as_view(), name="posts-of-user"),
    path("<int:post_id>/", views.OnePost.as_view(), name="post"),
    path("<int:post_id>/edits/", views.PostEdits.as_view(), name="post-edits"),
    path("<int:post_id>/retry/", views.RetryPost.as_view(), name="post-retry"),
    path("<int:post_id>/reactions/", views.Reactions.as_view(), name="post-reactions"),
    path("<int:post_id>/reactions/summary/", views.ByEmoji.as_view(), name="post-by-emoji"),
    path("<int:post_id>/like/", views.Like.as_view(), name="post-like"),
]
