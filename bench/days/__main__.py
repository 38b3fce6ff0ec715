"""Runs the benchmark by itself: `python -m bench.days`."""

from bench.days import main

main()
