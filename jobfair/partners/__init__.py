"""Counsellors and volunteers: their workspace, lists, groups, and how they are let in."""
