"""Growth of the time per fact with the number of facts of one kind; ``python -m bench.growth``."""
