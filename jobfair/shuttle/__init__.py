"""Stops, departures, seats and manifests."""
