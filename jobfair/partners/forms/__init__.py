"""The forms of partners: asking for access, registering others, groups."""
