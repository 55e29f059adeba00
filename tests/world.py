"""A small world in which every list of the API has something to show, and something to hide.

`viewer` looks at everything; `star` is public and posts. `populate` gives every list as many
rows as asked for; `haunt` puts into the same lists what `viewer` must never see. All of it is
written as rows, since no door would let the second kind in.
"""

import secrets
from datetime import timedelta

from django.utils import timezone

from comments.models import Comment, CommentPicture, CommentReaction
from media.models import Media
from posts.models import (
    Collection,
    Mention,
    Post,
    PostEdit,
    PostMedia,
    PostTag,
    Reaction,
    Repost,
    Save,
    TagFollow,
)
from recommendations.actions import make_shelf_for_site, make_shelves
from recommendations.models import EVERYBODY, Pick, Shelf
from search.actions.documents import index_people, index_posts
from showcase.models import Hanging
from tests.search.asking import late
from users.models import Block, Follow, FollowRequest, Mute, Session, TimelineEntry, User

HIDDEN = "unseen"  # in every name, caption and text that must not be shown


def picture(owner, access="public"):
    return Media.objects.create(
        owner=owner,
        state="ready",
        original="o",
        mime="image/jpeg",
        size=1,
        width=640,
        height=480,
        blurhash="LKO2?U%2Tw=w]~RBVZRi};RPxuwH",
        access=access,
        renditions_folder="a",
        renditions={"320": "a/b.jpg", "640": "a/c.jpg"},
    )


def people(prefix, count, **fields):
    """New people with a picture each."""
    made = []
    for number in range(count):
        name = f"{prefix}{number}"
        user = User.objects.create(username=name, email=f"{name}@example.org", **fields)
        User.objects.filter(pk=user.pk).update(avatar=picture(user))
        made.append(user)
    return made


def post(author, caption="light", *, age=0, pictures=2, readers=(), **fields):
    """A published post, in the timelines of its author and of `readers`."""
    moment = timezone.now() - timedelta(minutes=age)
    made = Post.objects.create(
        author=author,
        caption=caption,
        **{"tags": ["sea"], "state": "published", "published_at": moment, **fields},
    )
    for position in range(pictures):
        access = "signed" if position else "public"  # as while it moves
        PostMedia.objects.create(post=made, media=picture(author, access), position=position)
    if made.published_at:
        for tag in made.tags:  # also of what is hidden: rows that were left would show nothing
            PostTag.objects.create(
                tag=tag,
                post=made,
                author_id=author.pk,
                is_public=True,
                published_at=made.published_at,
            )
    for reader in (author, *readers):
        TimelineEntry.objects.create(
            owner_id=reader.pk, post_id=made.pk, author_id=author.pk, shown_at=moment
        )
    return made


def mention(post, user):
    """Let a post name somebody, somewhere."""
    Mention.objects.create(post=post, user=user)
    kept = {"kind": "mention", "start": 0, "end": 5, "user_id": user.pk}
    Post.objects.filter(pk=post.pk).update(entities=[*post.entities, kept])
    post.refresh_from_db()


def draft(author, caption="light", **fields):
    """A draft with two pictures, as only its author may see them."""
    made = Post.objects.create(author=author, caption=caption, state="draft", **fields)
    for position in range(2):
        media = picture(author, "signed")
        PostMedia.objects.create(post=made, media=media, position=position)
    return made


def hanging(owner, place="one", *, age=0, former=False, alt_text="", **fields):
    """A picture that hangs, or hung, in a place of `owner`."""
    moment = timezone.now() - timedelta(minutes=age)
    name = secrets.token_hex(10)
    media = picture(owner)
    Media.objects.filter(pk=media.pk).update(
        access="signed", renditions_folder=name, alt_text=alt_text
    )
    taken_down = {"taken_down_at": moment} if former else {}
    return Hanging.objects.create(
        owner=owner, place=place, media=media, **{"hung_at": moment, **taken_down, **fields}
    )


def keep(post, owner, position, name):
    """`post`, saved by `owner` in a collection of its own, of which it is the cover."""
    made = Collection.objects.create(owner=owner, name=name, position=position, cover=post)
    return Save.objects.create(post=post, owner=owner, collection=made)


def carry(post, reposter, reader):
    """`post`, reposted by `reposter` into the timeline of `reader`."""
    made = Repost.objects.create(post=post, owner=reposter)
    TimelineEntry.objects.filter(owner_id=reader.pk, post_id=post.pk).delete()
    TimelineEntry.objects.create(
        owner_id=reader.pk,
        post_id=post.pk,
        author_id=post.author_id,
        shown_at=post.published_at or timezone.now(),
        reposter_id=reposter.pk,
    )
    return made


def carry_off(post, ghost):
    """`post`, saved and reposted by somebody who is not to be seen."""
    keep(post, ghost, 0, HIDDEN)
    Repost.objects.create(post=post, owner=ghost)


def labels(made):
    """The rows of a post's tags, as publishing it writes them."""
    for tag in made.tags:
        PostTag.objects.get_or_create(
            post=made,
            tag=tag,
            defaults={
                "author_id": made.author_id,
                "is_public": made.visibility == "public",
                "published_at": made.published_at,
            },
        )


def populate(viewer, star, count):
    """`count` rows for `viewer` in every list; the post of `star` under which people talk."""
    Follow.objects.create(owner=viewer, target=star)
    for each in people("friend", count):
        Follow.objects.create(owner=each, target=star)
        Follow.objects.create(owner=star, target=each)
        FollowRequest.objects.create(owner=each, target=viewer)
    for each in people("blocked", count):
        Block.objects.create(owner=viewer, target=each)
    for each in people("muted", count):
        Mute.objects.create(owner=viewer, target=each)
    posts = [
        post(star, age=number, readers=[viewer], tags=["sea", f"sea{number}"])
        for number in range(count)
    ]
    own = [post(viewer, age=count + number) for number in range(count)]
    for number, each in enumerate(posts):
        mention(each, viewer)
        TagFollow.objects.create(owner=viewer, tag=f"sea{number}")
    below = None
    for number, each in enumerate(User.objects.filter(username__startswith="friend")):
        Follow.objects.create(owner=viewer, target=each)
        hanging(each, age=number)
        hanging(viewer, age=number, former=True)
        Reaction.objects.create(post=posts[number], owner=viewer)
        Reaction.objects.create(post=posts[0], owner=each, emoji="😀")
        keep(posts[number], viewer, number, f"shelf {number}")
        carry(post(each, age=2 * count + number), star, viewer)
        said = Comment.objects.create(post=posts[0], author=each, text="What a light!")
        below = below or said
        reply = Comment.objects.create(post=posts[0], author=each, parent=below, text="Indeed.")
        CommentPicture.objects.create(comment=reply, media=picture(each))
        CommentReaction.objects.create(comment=below, owner=each, emoji="😀")
        PostEdit.objects.create(post=own[0], caption="before", visibility="public")
        draft(viewer, publish_at=timezone.now() + timedelta(days=number + 1))
    for _ in range(count - Session.objects.filter(user=viewer).count()):
        Session.objects.create(
            user=viewer, refresh_id="r", expires_at=timezone.now() + timedelta(days=1)
        )
    strange(count)
    _count()
    make_shelf_for_site()
    make_shelves([viewer.pk])
    index_posts(Post.objects.values_list("pk", flat=True))
    index_people(User.objects.values_list("pk", flat=True))
    return posts[0], own[0]


def strange(count):
    """People whom nobody follows but a friend each, with a post each that the friend likes."""
    for number, each in enumerate(people("stranger", count)):
        theirs = post(each, "dusk", age=number, pictures=1, tags=[f"dusk{number}"])
        labels(theirs)
        friend = User.objects.get(username=f"friend{number}")
        Follow.objects.create(owner=friend, target=each)
        Reaction.objects.create(post=theirs, owner=friend)


def _count():
    """Write the counts that the actions would have kept."""
    for user in User.objects.all():
        shown = Post.objects.filter(author=user)
        User.objects.filter(pk=user.pk).update(
            followers_count=Follow.objects.filter(target=user).count(),
            following_count=Follow.objects.filter(owner=user).count(),
            public_posts_count=shown.filter(visibility="public").count(),
        )
    for each in Post.objects.all():
        likes, saves = each.reactions.count(), each.saves.count()
        Post.objects.filter(pk=each.pk).update(
            reactions_count=likes,
            likes_count=likes,
            comments_count=each.comments.count(),
            reposts_count=each.reposts.count(),
            saves_count=saves,
        )
    for said in Comment.objects.all():
        replies = said.replies.count()
        Comment.objects.filter(pk=said.pk).update(
            replies_count=replies, shown_replies=replies, reactions_count=said.reactions.count()
        )


def unseen(author, viewer, **fields):
    """A post that names `viewer`, who must not see it."""
    mention(post(author, HIDDEN, tags=["sea", f"sea{HIDDEN}"], **fields), viewer)


def haunt(viewer, star, talked_under):
    """The same rows by those whom `viewer` must not see, and posts for their author alone."""
    now = timezone.now()
    called = {"name": f"Friend {HIDDEN}"}
    ghosts = [
        *people(f"{HIDDEN}blocker", 1, **called),
        *people(f"{HIDDEN}blocked", 1, **called),
        *people(f"{HIDDEN}suspended", 1, suspended_at=now, **called),
        *people(f"{HIDDEN}deleted", 1, deleted_at=now, **called),
    ]
    Block.objects.create(owner=ghosts[0], target=viewer)
    Block.objects.create(owner=viewer, target=ghosts[1])
    for ghost in ghosts:
        Follow.objects.create(owner=ghost, target=star)
        Follow.objects.create(owner=star, target=ghost)
        Follow.objects.create(owner=viewer, target=ghost)
        FollowRequest.objects.create(owner=ghost, target=viewer)
        Mute.objects.create(owner=viewer, target=ghost)
        answered = talk(talked_under, ghost)
        Reaction.objects.create(post=talked_under, owner=ghost, emoji="😀")
        unseen(ghost, viewer, readers=[viewer, star])
        TagFollow.objects.create(owner=ghost, tag=f"sea{HIDDEN}")
        mention(talked_under, ghost)
        hanging(ghost, alt_text=HIDDEN)
        carry_off(talked_under, ghost)
    for fields in (
        {"visibility": "private"},
        {"deleted_at": now},
        {"hidden_at": now},
        {"state": "processing", "published_at": None},
        {"state": "failed", "published_at": None},
        {"state": "draft", "published_at": None},
    ):
        unseen(star, viewer, readers=[viewer], **fields)
    for fields in ({"deleted_at": now}, {"hidden_at": now}):
        post(viewer, HIDDEN, **fields)
        draft(viewer, HIDDEN, **fields)
        for parent in (None, answered):
            Comment.objects.create(
                post=talked_under, author=star, parent=parent, text=HIDDEN, **fields
            )
    draft(star, HIDDEN, tags=[f"sea{HIDDEN}"])
    _keep_hidden(viewer, star)
    mislead(ghosts)
    misplace(ghosts)
    hang_hidden(viewer, star)
    return ghosts


def hang_hidden(viewer, star):
    """Pictures that are no part of anybody's showcase, or no news."""
    for owner in (viewer, star):
        hanging(owner, former=True, alt_text=HIDDEN, hidden_at=timezone.now())
        hanging(owner, alt_text=HIDDEN, hung_at=None)  # still to come
    hanging(star, former=True, alt_text=HIDDEN)
    hanging(star, "two", age=60 * 24 * 8, alt_text=HIDDEN)


def talk(post, ghost):
    """A remark of somebody who must not be seen, below the post and below another; that one."""
    Comment.objects.create(post=post, author=ghost, text=HIDDEN)
    answered = post.comments.earliest("pk")
    Comment.objects.create(post=post, author=ghost, parent=answered, text=HIDDEN)
    CommentReaction.objects.create(comment=answered, owner=ghost, emoji="😀")
    return answered


def mislead(ghosts):
    """Have the search know hidden people and posts by what may be seen, as if they were for all."""
    for ghost in ghosts:
        late("user", ghost.pk, title="friend")
    for each in Post.objects.filter(caption=HIDDEN):
        late("post", each.pk, title="light", tags=each.tags)
    late("tag", f"sea{HIDDEN}", title=f"sea{HIDDEN}", tags=[f"sea{HIDDEN}"])


def _keep_hidden(viewer, star):
    """Let `viewer` have saved what must not be seen, for a cover too, and `star` repost it."""
    shelf = Collection.objects.visible_to(viewer).earliest("pk")
    for each in Post.objects.filter(caption=HIDDEN):
        Save.objects.create(post=each, owner=viewer, collection=shelf)
        Collection.objects.filter(pk=shelf.pk).update(cover=each)
        Reaction.objects.create(post=each, owner=viewer)
        carry(each, star, viewer)


def misplace(ghosts):
    """Have every shelf begin with hidden people, posts and tags, and name them as reasons."""
    hidden = list(Post.objects.filter(caption=HIDDEN))
    things = [
        *({"kind": "post", "thing_id": each.pk} for each in hidden),
        *({"kind": "person", "thing_id": each.pk} for each in ghosts),
        {"kind": "tag", "tag": f"sea{HIDDEN}"},
    ]
    for each in hidden:
        if each.published_at:
            labels(each)
    ids = [each.pk for each in ghosts]
    for shelf in Shelf.objects.all():
        for number, thing in enumerate(things, 1):
            Pick.objects.create(
                shelf_id=shelf.pk, position=-number, score=9, reason="site", **thing
            )
    for pick in Pick.objects.exclude(shelf_id__in=Shelf.objects.filter(owner_id=EVERYBODY)):
        via = [each.pk for each in hidden] if pick.kind == "tag" else ids
        Pick.objects.filter(pk=pick.pk).update(via_ids=[*via, *pick.via_ids])
