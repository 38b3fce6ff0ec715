"""Runs the benchmark by itself: `python -m bench.plans`."""

from bench.plans import main

main()
