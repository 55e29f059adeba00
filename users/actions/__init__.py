"""Everything that changes people, one module a noun."""
