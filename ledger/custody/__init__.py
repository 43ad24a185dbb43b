"""Custody: what keeps the record whole besides the facts themselves.

The log's keys and checkpoints, personal values behind commitments, attached documents, and the audit that
reads everything again. Each is opened when first asked for: asking how a contract stands needs none of it.
"""
