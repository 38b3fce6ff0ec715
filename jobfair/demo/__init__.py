"""Makes the demo fair: everything that a real one has, with invented people."""
