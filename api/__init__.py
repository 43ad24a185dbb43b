"""The ledger over HTTP: the API for programs, the console for people."""
