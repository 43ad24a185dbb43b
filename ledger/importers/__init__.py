"""Data from outside: files and streams read strictly, and passed on as the envelopes they state."""
