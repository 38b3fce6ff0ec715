"""The three sample badges of a shift, with which every phone is tried before the doors open."""

from jobfair.checkin.rules import Outcome

SAMPLE_OUTCOMES = (Outcome.ADMITTED, Outcome.WAITLISTED, Outcome.UNKNOWN)
"""What a phone must answer, in the order of the shift's samples."""
