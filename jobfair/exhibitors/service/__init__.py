"""Use cases: applications, offers, the organiser's decisions, stands."""
