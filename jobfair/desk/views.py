"""The organiser's overview."""
