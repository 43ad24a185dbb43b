"""The fact types every agreement shares; each agreement declares its own beside its clauses."""
