"""The import of a WordPress site.

An export file becomes records: `source` unpacks and decodes it, `mending` repairs it as it streams by,
`reading` parses it, `items` makes `records`. `wxr` is the door to all that.

A post's content becomes our body HTML: `scanning` finds block delimiters and shortcodes, `reader` follows the
HTML, `*_elements` and `markers` say what each thing means, `writer` puts it on paper (`frames`, `figures`,
`lists`, `inline`, `output`), `resolving` asks for the pictures. `body` is the door, `summaries` a side door.

Neither half knows the database or the settings; what brings the records into the database does.
"""
