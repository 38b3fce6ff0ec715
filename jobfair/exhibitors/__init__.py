"""Organisations at a fair: applications, stands, postings."""
