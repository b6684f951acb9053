"""Writing: the body's editor, and what it asks the server: articles to link to, videos, the lead picture."""
