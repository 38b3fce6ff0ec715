"""Badges and household sheets as PDF, and the QR codes on them: no database, no web."""
