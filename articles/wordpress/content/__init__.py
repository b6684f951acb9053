"""Converting a post's content to our body HTML. `articles.wordpress.body` is the door."""
