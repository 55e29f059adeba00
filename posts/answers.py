"""How the doors of posts find the post of a path, and answer with it."""

from django.shortcuts import get_object_or_404
from rest_framework import status
from rest_framework.request import Request
from rest_framework.response import Response

from posts.models import Post
from posts.serializers import PostCard
from users.viewer import viewer_or_guest


def visible_post(request: Request, post_id: int) -> Post:
    """A post that the viewer may see, to act on. A 404 otherwise."""
    return get_object_or_404(Post.objects.visible_to(viewer_or_guest(request)), pk=post_id)


def shown(request: Request, post_id: int, code: int = status.HTTP_200_OK) -> Response:
    """A post as the viewer sees it now."""
    asking = viewer_or_guest(request)
    found = Post.objects.visible_to(asking).for_cards().with_marks_of(asking)
    card = PostCard(get_object_or_404(found, pk=post_id), context={"request": request})
    return Response(card.data, status=code)
