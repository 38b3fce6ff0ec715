"""What devices call."""
