"""The HTTP words of the ledger."""
