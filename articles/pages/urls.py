"""The readers' addresses."""

from django.urls import path, register_converter

from . import article, corrections, lists, search, tags

register_converter(tags.SlugsConverter, "slugs")

urlpatterns = [
    path("", lists.home, name="home"),
    path("corrections/", corrections.corrections, name="corrections"),
    path("corrections/feed/", corrections.feed, name="corrections-feed"),
    path("search/", search.results, name="search"),
    path("authors/<uslug:slug>/", lists.author, name="author"),
    path("tags/<uslug:slug>/", tags.tag, name="tag"),
    path("tags/<uslug:slug>/feed/", tags.tag_feed, name="tag-feed"),
    path("tags/<slugs:slugs>/", tags.tags, name="tags"),
    path("tags/<slugs:slugs>/feed/", tags.tags_feed, name="tags-feed"),
    path("<uslug:slug>/", lists.section, name="section"),
    path("<uslug:section>/<uslug:slug>/", article.article, name="article"),
]
