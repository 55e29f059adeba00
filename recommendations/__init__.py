"""Explore: posts, tags and people that somebody may like, each with its reason."""
