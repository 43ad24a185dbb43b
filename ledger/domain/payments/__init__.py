"""Invoices, payments, set-offs and credit: what has been paid of a price, and what is owed of it (SPEC 4.3)."""
