"""Tags: what they are called and filed with (tagging, names, manager), how one is found (index, finding, near_names),
what is proposed to a writer (suggestions), which stand together (company), how they are kept in order (order, acts,
health), and who may make new ones (vocabulary). Related articles, which live by tags, have a room of their own.
"""
