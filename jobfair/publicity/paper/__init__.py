"""Poster and flyers as PDF: no database, no web."""
