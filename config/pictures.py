"""Who may fetch signed pictures: one rule for each place where they are shown.

The file store asks when a picture is fetched, so that whoever may not see it any more gets it no
longer, whatever URL they have. Each rule gives, for a viewer (None: a guest), rows of its app
that have a `media`; one that has the picture is enough. Their owner and moderators need none.
"""

from comments.models import CommentPicture
from media.views import Rule
from posts.models import PostMedia
from showcase.models import Hanging

RULES: tuple[Rule, ...] = (
    PostMedia.objects.visible_to,
    CommentPicture.objects.visible_to,
    Hanging.objects.visible_to,
)
