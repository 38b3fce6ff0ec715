"""Who did what: ids and field names, never values."""
