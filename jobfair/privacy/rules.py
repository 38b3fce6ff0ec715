"""Decisions about personal data."""

NOTICE_VERSION = "2026-12"  # of templates/pages/privacy.html; every consent keeps the one it saw
