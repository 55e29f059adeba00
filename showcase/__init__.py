"""The three pictures of a profile, and threetography's own surface under /api."""
