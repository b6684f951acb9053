"""Judges of the readers' side, run by `make judge`: the demo is served as in production and looked at from outside.

Each module is one judge. It gets what all share (`looking.Site`) and gives lines for the table.
"""
