"""Pictures in, renditions out, and all of it gone again without a trace.

receiving.py    files that become pictures
processing.py   renditions of the originals
videos.py       videos of theirs
access.py       public or signed: where renditions are, and their way from one to the other
uploads.py      photos that are sent straight to the store
attaching.py    pictures on their own, taken by what shows them
sweeping.py     what runs by the clock
deleting.py     concealing, deleting, and what was abandoned

Invariant: a folder in the stores is owned by a `Media` row or listed as a `LooseFolder`. It is
loose before its first byte is written, and the transaction that writes the row claims it; so
whatever fails, rolls back or is killed between the two is found, at once or by `media_sweep`.
No pixel is touched inside a transaction, and no file is written inside one.
"""
