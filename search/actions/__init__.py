"""Everything that changes documents, what is known of their copies, and the words they use.

documents.py    make documents say what is so now
copies.py       which copies are up to date; tombstones and their end
rebuilds.py     a new index, from its beginning to its end
vocabulary.py   words that no document has any more
"""
