"""Questionnaires of exhibitors and their answers."""
