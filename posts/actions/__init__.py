"""Everything that changes posts and the reactions to them.

locks.py         whose rows are held, in which order
posts.py         create, retry, delete
publication.py   from processing to published or failed; in and out of timelines and counts
pictures.py      public or signed, as the audience has it
drafts.py        what their author may change of drafts, pictures too
scheduling.py    from draft to processing, by hand or at its time
editing.py       what its author may change, and what it said before
captions.py      the tags and mentions that a caption makes
tags.py          follow a tag, and no longer
reactions.py     react, like and take it back; whose reactions count
reposts.py       carry a post on to one's followers
saves.py         keep posts for oneself, in collections
counting.py      whose saves and reposts count
moderation.py    hide, restore, purge
"""
