"""Saving: autosave and recovery, merging of stale forms, who else is there. Nothing that was typed is lost."""
