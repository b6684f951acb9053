"""Sitemaps: every page that search engines should know, and robots.txt, which tells them so.

kinds      what stands in them, and in which file
views      the index, one file of a kind, the news of two days, robots.txt
writing    places in, XML out
"""
