"""The ledger over HTTP: the API for programs, the console for people."""

from ledger.agreements import declare_all

declare_all()  # whatever is shown of agreements is of all of them
