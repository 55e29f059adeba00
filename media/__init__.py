"""Bytes: uploads are probed, oriented, stripped and shrunk, and stored under unguessable names."""
