"""The dispute package: one file that a court's expert, the other party or a notary can check by themselves."""
