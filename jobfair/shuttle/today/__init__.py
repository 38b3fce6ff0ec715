"""The desk's pages of the buses on the day of the fair."""
