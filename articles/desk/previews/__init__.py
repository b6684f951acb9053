"""Previews: of the form before it is saved, and for people without a login."""
