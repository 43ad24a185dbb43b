"""履约 (lvyue): an event-sourced compliance ledger for government cloud service agreements."""
