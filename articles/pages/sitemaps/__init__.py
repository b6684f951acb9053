"""Sitemaps: every page that search engines should know, and robots.txt, which tells them so.

kinds      articles, sections, authors, tags, pages: their rows, and the places that they are
views      the index, one file of a kind, the news of two days, robots.txt
writing    places in, XML out
"""
