"""A city's log: a log of logs, whose leaves are the checkpoints of the bureaus, each of which has a store of its own.

Nothing here reads a fact. Whoever holds a bureau's checkpoint is shown that it stands in the city's log, and a bureau
that shows two histories is found by the two checkpoints it signed.
"""
