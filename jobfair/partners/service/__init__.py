"""Use cases of partners: who is let in, and what they do with their people."""
