"""The import of a WordPress site.

`wxr` reads the export file (XML in, dataclasses out), `body` turns a post's content into our body HTML.
Neither knows the database: `importer` and `media` do.
"""
