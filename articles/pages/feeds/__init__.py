"""Feeds: the newest of a list with their full text, for programs that read RSS 2.0, Atom or JSON Feed 1.1.

telling     what a feed says, whatever form it has: Feed, Entry, Person, Picture
newest      the newest articles of a query as entries, and the keys of what they show
full_text   an article as HTML that stands by itself: whole addresses, no script, embeds as links
rss, atom, json_feed    one form each: a Feed in, text out
forms       the three of them, their addresses below that of the page, and feeds_of(thing)
views       of the site, a section, an author; those of tags and corrections stand beside their pages
"""
