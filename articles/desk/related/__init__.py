"""Related articles at the desk: the live list beside the form, what an editor decides of it, the site's settings."""
