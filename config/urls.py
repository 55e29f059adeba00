"""Which view answers which path."""

from django.contrib import admin
from django.urls import include, path

from common import problems
from config import documents, frontend, health
from posts.repost_views import RepostsOfUsername
from posts.urls import TAGS
from posts.views import PostsOfUsername
from showcase import urls as showcase

handler400 = problems.bad_request
handler403 = problems.permission_denied
handler404 = frontend.not_found
handler500 = problems.server_error

urlpatterns = [
    path("posts/", include("posts.urls")),  # first, because it is asked for most
    path("posts/<int:post_id>/comments/", include("comments.urls")),
    path("tags/", include(TAGS)),
    path("", frontend.home, name="home"),
    path("livez/", health.live, name="livez"),
    path("readyz/", health.ready, name="readyz"),
    path("docs/", documents.page, name="docs"),
    path("docs/swagger.json", documents.swagger_json, name="schema"),
    path("users/", include("users.urls")),
    path("users/<str:username>/posts/", PostsOfUsername.as_view(), name="posts-of-username"),
    path("users/<str:username>/reposts/", RepostsOfUsername.as_view(), name="reposts-of-username"),
    path("search/", include("search.urls")),
    path("explore/", include("recommendations.urls")),
    path("users/<str:username>/showcase/", include(showcase.OF_A_PERSON)),
    path("showcase/", include(showcase.OF_ALL)),
    path("api/", include(showcase.THREETOGRAPHY)),
    path("instance/", include("instance.urls")),
    path("media/", include("media.urls")),
    # A password changes by the API alone, which signs every device out.
    path("admin/password_change/", problems.page_not_found),
    path("admin/", admin.site.urls),
    *(path(page, frontend.page) for page in frontend.PAGES),
]
