"""The servers that come with the package, for a laptop and for the tests, and what runs them.

`python -m embedded up` is Yafig on one machine without Docker, root or a database of one's own.
Nothing here knows an app; the apps learn about the servers only through the environment.
"""
