"""A site that is full of life, for trying things out: `manage.py demo`.

words.py       who they are and what they say
drawings.py    pictures for those who have no photos at hand
plan.py        who follows, posts, likes and says what; the same at every run
building.py    does what is planned, by the actions that the API uses too
past.py        moves what was made to when it is meant to have happened
"""
