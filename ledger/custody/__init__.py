"""Custody: what keeps the record whole besides the facts themselves.

The log's keys and checkpoints, personal values behind commitments, attached documents, and the audit that reads
everything again. Each is opened on first use: a question about a contract needs none of it.
"""
