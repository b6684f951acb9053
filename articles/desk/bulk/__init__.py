"""Bulk acts at the desk: chosen in the list, looked at, done, told."""
