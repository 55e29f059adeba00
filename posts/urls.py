"""Below /posts/, and below /tags/."""

from django.urls import URLPattern, path

from posts import collection_views, draft_views, repost_views, tag_views, views

urlpatterns = [
    path("", views.OwnPosts.as_view(), name="posts"),
    path("drafts/", draft_views.Drafts.as_view(), name="drafts"),
    path("timeline/", views.Timeline.as_view(), name="timeline"),
    path("mentioned/", tag_views.PostsMentioningMe.as_view(), name="posts-mentioned"),
    path("saved/", collection_views.Saved.as_view(), name="saved"),
    path("reacted/", collection_views.Reacted.as_view(), name="reacted"),
    path("collections/", collection_views.Collections.as_view(), name="collections"),
    path(
        "collections/<int:collection_id>/",
        collection_views.OneCollection.as_view(),
        name="collection",
    ),
    path("user/<int:user_id>/", views.PostsOfSomebody.as_view(), name="posts-of-user"),
    path("<int:post_id>/", views.OnePost.as_view(), name="post"),
    path("<int:post_id>/publish/", draft_views.Publish.as_view(), name="draft-publish"),
    path("<int:post_id>/media/", draft_views.Pictures.as_view(), name="draft-pictures"),
    path(
        "<int:post_id>/media/<int:media_id>/",
        draft_views.OnePicture.as_view(),
        name="draft-picture",
    ),
    path("<int:post_id>/edits/", views.PostEdits.as_view(), name="post-edits"),
    path("<int:post_id>/retry/", views.RetryPost.as_view(), name="post-retry"),
    path("<int:post_id>/reactions/", views.Reactions.as_view(), name="post-reactions"),
    path("<int:post_id>/reactions/summary/", views.ByEmoji.as_view(), name="post-by-emoji"),
    path("<int:post_id>/repost/", repost_views.Repost.as_view(), name="post-repost"),
    path("<int:post_id>/save/", collection_views.Save.as_view(), name="post-save"),
    path("<int:post_id>/like/", views.Like.as_view(), name="post-like"),
]

# A tag may have a slash in its name; what follows it is looked for first.
TAGS: list[URLPattern] = [
    path("followed/", tag_views.FollowedTags.as_view(), name="tags-followed"),
    path("<path:name>/posts/", tag_views.PostsOfTag.as_view(), name="tag-posts"),
    path("<path:name>/follow/", tag_views.FollowTag.as_view(), name="tag-follow"),
    path("<path:name>/", tag_views.OneTag.as_view(), name="tag"),
]
