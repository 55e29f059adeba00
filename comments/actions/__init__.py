"""Everything that changes comments.

locks.py        whose rows are held, in which order; who may
counts.py       in and out of the counts, here and above
comments.py     add, edit, delete
pictures.py     the picture of a comment, in and out of the public store
reactions.py    react and take it back; whose reactions count
moderation.py   hide, restore
purging.py      by the clock: what was deleted long ago, and what nobody's account wrote
people.py       the comments of those who are hidden now, or shown again
"""

from comments.actions.comments import add_comment, delete_comment, edit_comment
from comments.actions.moderation import hide_comment, restore_comment

__all__ = ["add_comment", "delete_comment", "edit_comment", "hide_comment", "restore_comment"]
