"""This installation: its name, its rules, and whether it takes new people."""
