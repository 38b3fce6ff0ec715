"""Households and people, places and badges."""
