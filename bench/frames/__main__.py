"""Measures how much of the frames is read: `python -m bench.frames`."""

from bench.frames import main

main()
