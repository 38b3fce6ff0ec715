"""Consent, and the register of who holds which personal data."""
