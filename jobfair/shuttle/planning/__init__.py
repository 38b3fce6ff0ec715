"""Which buses stop where, and when: no framework, no database."""
