"""The transparency log: one Merkle tree over every stored fact, signed checkpoints, proofs, witnesses.

Nothing here decides anything about a contract. The log takes bytes as they are stored and shows, to
somebody who trusts neither the operator nor this program, that they were not altered, removed,
inserted or put in another order after a checkpoint was signed.
"""
