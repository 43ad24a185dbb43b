"""The dispute package: one file a court's expert, the other party or a notary can check without us."""
