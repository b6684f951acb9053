"""The tag field of the article's form: chips in an order, with what finds, suggests and makes tags.

What a form posts as `tags` are numbers of tags and names of new ones (asked.py), in their order.
"""
