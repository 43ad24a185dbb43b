"""A cluster of several hosts: its configuration, and the test that starts it and makes its leader fail."""
