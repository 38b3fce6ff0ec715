"""The door: decisions, scans, presence."""
