"""People who sign in: users, roles, sessions, one-use links."""
