"""HTTP doors of the users app."""
