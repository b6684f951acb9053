"""The readers' addresses."""

from django.urls import path, re_path, register_converter

from . import archive, article, authors, corrections, fronts, lists, search, tags
from .share.views import share_picture

register_converter(tags.SlugsConverter, "slugs")

urlpatterns = [
    path("", fronts.home, name="home"),
    path("corrections/", corrections.corrections, name="corrections"),
    path("corrections/feed/", corrections.feed, name="corrections-feed"),
    re_path(
        r"^share/(?P<kind>[a-z]+)-(?P<number>[0-9]{1,18})-(?P<digest>[0-9a-f]{20})\.png$",
        share_picture,
        name="share-picture",
    ),
    path("authors/", authors.authors, name="authors"),
    path("search/", search.results, name="search"),
    path("authors/<uslug:slug>/", lists.author, name="author"),
    path("tags/<uslug:slug>/", tags.tag, name="tag"),
    path("tags/<uslug:slug>/feed/", tags.tag_feed, name="tag-feed"),
    path("tags/<slugs:slugs>/", tags.tags, name="tags"),
    path("tags/<slugs:slugs>/feed/", tags.tags_feed, name="tags-feed"),
    path("archive/", archive.all_years, name="archive"),
    re_path(r"^archive/(?P<year>[0-9]{4})/$", archive.year, name="archive-year"),
    re_path(r"^archive/(?P<year>[0-9]{4})/(?P<month>[0-9]{2})/$", archive.month, name="archive-month"),
    re_path(r"^archive/(?P<year>[0-9]{4})/(?P<month>[0-9]{2})/(?P<day>[0-9]{2})/$", archive.day, name="archive-day"),
    path("<uslug:slug>/", fronts.section, name="section"),
    path("<uslug:section>/<uslug:slug>/", article.article, name="article"),
]
