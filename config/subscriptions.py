"""Which work follows which event: the urls.py of the background.

Read it as "once <event> is committed, <do this>". This is the only place where a lower
app's news reaches a higher app.
"""

from comments.events import (
    CommentAdded,
    CommentPictured,
    CommentReacted,
    CommentRemoved,
    CommentUnreacted,
)
from comments.tasks import (
    process_comment_picture,
    purge_comments_of,
    recount_comments_reacted_to,
    recount_posts_commented_on,
    settle_pictures_of_comments,
)
from events.events import Subscriptions
from media.events import (
    MediaAccessChanged,
    MediaConcealed,
    MediaDeleted,
    MediaMoved,
    UploadCompleted,
    UploadsAbandoned,
    VideoDue,
    VideoSettled,
)
from media.tasks import (
    move_renditions,
    process_upload,
    process_video,
    remove_files,
    remove_renditions,
    remove_what_was_left,
)
from posts.events import (
    FanOutDue,
    PicturesAdded,
    PostCreated,
    PostEdited,
    PostMentioned,
    PostPublished,
    PostReacted,
    PostUnreacted,
    PostWithdrawn,
)
from posts.tasks import (
    fan_out_post,
    process_post,
    recount_posts_kept,
    recount_posts_reacted_to,
    settle_pictures_of,
    show_made_video,
    show_moved_pictures,
)
from search.events import DocumentsChanged
from search.tasks import index_person, index_post, index_posts_of, send_documents
from showcase.events import PictureHung, PictureSent, PictureTakenDown
from showcase.tasks import hang_when_prepared, seal_showcase
from users.events import (
    AvatarChanged,
    CodeRequested,
    EmailChanged,
    EmailChangeRequested,
    FollowRequested,
    PasswordChanged,
    PasswordResetRequested,
    UserBlocked,
    UserChanged,
    UserDeleted,
    UserFollowed,
    UserPurged,
    UserRegistered,
    UserRestored,
    UserSuspended,
    UserUnblocked,
    UserUnfollowed,
)
from users.tasks import (
    accept_waiting_followers,
    conceal_pictures,
    prepare_avatar,
    send_address_changed,
    send_address_confirmation,
    send_code,
    send_password_changed,
    send_reset,
    send_welcome,
    withdraw_author,
)

SUBSCRIPTIONS: Subscriptions = {
    MediaDeleted: (remove_files,),
    MediaConcealed: (remove_renditions,),
    MediaAccessChanged: (move_renditions,),
    MediaMoved: (remove_what_was_left, show_moved_pictures),
    UploadsAbandoned: (remove_files,),
    UploadCompleted: (process_upload,),
    VideoDue: (process_video,),
    VideoSettled: (show_made_video,),
    UserRegistered: (send_welcome, index_person),
    CodeRequested: (send_code,),
    PasswordResetRequested: (send_reset,),
    PasswordChanged: (send_password_changed,),
    EmailChangeRequested: (send_address_confirmation,),
    EmailChanged: (send_address_changed,),
    AvatarChanged: (prepare_avatar,),
    UserChanged: (
        accept_waiting_followers,
        settle_pictures_of,
        seal_showcase,
        index_person,
        index_posts_of,
    ),
    UserDeleted: (
        conceal_pictures,
        withdraw_author,
        recount_posts_reacted_to,
        recount_posts_kept,
        recount_posts_commented_on,
        recount_comments_reacted_to,
        index_person,
        index_posts_of,
    ),
    UserPurged: (purge_comments_of, index_person, index_posts_of),
    UserSuspended: (
        recount_posts_reacted_to,
        recount_posts_kept,
        recount_posts_commented_on,
        recount_comments_reacted_to,
        index_person,
        index_posts_of,
    ),
    UserRestored: (
        recount_posts_reacted_to,
        recount_posts_kept,
        recount_posts_commented_on,
        recount_comments_reacted_to,
        index_person,
        index_posts_of,
    ),
    UserFollowed: (),
    UserUnfollowed: (),
    FollowRequested: (),
    UserBlocked: (),
    UserUnblocked: (),
    PostCreated: (process_post,),
    PicturesAdded: (process_post,),
    FanOutDue: (fan_out_post,),
    PostPublished: (settle_pictures_of_comments, index_post),
    PostEdited: (index_post,),
    PostWithdrawn: (settle_pictures_of_comments, index_post),
    PostMentioned: (),
    PostReacted: (),
    PostUnreacted: (),
    CommentAdded: (),
    CommentRemoved: (),
    CommentPictured: (process_comment_picture,),
    CommentReacted: (),
    CommentUnreacted: (),
    DocumentsChanged: (send_documents,),
    PictureSent: (hang_when_prepared,),
    PictureHung: (),
    PictureTakenDown: (),
}
