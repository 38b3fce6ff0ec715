"""Background work: the runner and what it runs."""
