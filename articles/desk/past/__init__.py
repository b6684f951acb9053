"""The past: history, comparing any two states, restoring one."""
