"""Searching: one interface, two engines.

question    what a reader types, understood once (pure)
finding     what answers it, the best first: `search`
spelling    “Did you mean …?”
entries, documents, keeping, waiting, rebuilding    the index, and how it follows what readers see
engine, postgres, sqlite    what either database does for it
"""
