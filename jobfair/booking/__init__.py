"""The visitor's way: registration, own page, sheet."""
