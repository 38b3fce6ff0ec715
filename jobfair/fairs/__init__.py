"""The fair: its facts, phases, rooms and texts."""
