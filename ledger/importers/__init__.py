"""What comes in from outside: files and streams read strictly, handed on as the envelopes they state."""
