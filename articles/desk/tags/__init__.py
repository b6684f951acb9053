"""Tags at the desk: their form and list, the pages on which their order is kept, and what the article's form asks of it."""
