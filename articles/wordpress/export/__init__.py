"""Reading the export file: bytes to elements to records. `articles.wordpress.wxr` is the door."""
