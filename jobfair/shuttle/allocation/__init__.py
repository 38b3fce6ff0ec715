"""Who gets which seat: pure functions on requests and departures, no database, no web.

The greedy answers at once and needs nothing but Python. The optimiser (`solver`) needs highspy and
runs in a process of its own; `allocator` asks it.
"""
