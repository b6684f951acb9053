"""The editorial calendar: what is due, what goes out, what went out; planning, re-planning, a feed of it."""
