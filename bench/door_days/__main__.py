"""Simulates an hour without network: `python -m bench.door_days`."""

from bench.door_days import main

main()
