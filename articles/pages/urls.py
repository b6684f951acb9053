"""The readers' addresses."""

from django.urls import path, re_path, register_converter

from . import archive, article, authors, corrections, fronts, lists, search, tags
from .feeds import views as feeds
from .feeds.forms import feed_paths
from .share.views import share_picture
from .sitemaps import views as sitemaps

register_converter(tags.SlugsConverter, "slugs")

urlpatterns = [
    path("", fronts.home, name="home"),
    path("robots.txt", sitemaps.robots, name="robots-txt"),
    path("sitemap.xml", sitemaps.index, name="sitemap"),
    path("sitemap-news.xml", sitemaps.news, name="sitemap-news"),
    re_path(r"^sitemap-(?P<kind>[a-z]{4,10})-(?P<number>0|[1-9][0-9]{0,8})\.xml$", sitemaps.file, name="sitemap-file"),
    path("corrections/", corrections.corrections, name="corrections"),
    *feed_paths("", feeds.home, "home"),
    *feed_paths("corrections/", corrections.feed, "corrections"),
    re_path(
        r"^share/(?P<kind>[a-z]+)-(?P<number>[0-9]{1,18})-(?P<digest>[0-9a-f]{20})\.png$",
        share_picture,
        name="share-picture",
    ),
    path("authors/", authors.authors, name="authors"),
    path("search/", search.results, name="search"),
    path("authors/<uslug:slug>/", lists.author, name="author"),
    path("tags/<uslug:slug>/", tags.tag, name="tag"),
    *feed_paths("authors/<uslug:slug>/", feeds.author, "author"),
    *feed_paths("tags/<uslug:slug>/", tags.tag_feed, "tag"),
    path("tags/<slugs:slugs>/", tags.tags, name="tags"),
    *feed_paths("tags/<slugs:slugs>/", tags.tags_feed, "tags"),
    path("archive/", archive.all_years, name="archive"),
    re_path(r"^archive/(?P<year>[0-9]{4})/$", archive.year, name="archive-year"),
    re_path(r"^archive/(?P<year>[0-9]{4})/(?P<month>[0-9]{2})/$", archive.month, name="archive-month"),
    re_path(r"^archive/(?P<year>[0-9]{4})/(?P<month>[0-9]{2})/(?P<day>[0-9]{2})/$", archive.day, name="archive-day"),
    # Before the articles: no article may be called feed (models/article.py).
    *feed_paths("<uslug:slug>/", feeds.section, "section"),
    path("<uslug:slug>/", fronts.section, name="section"),
    path("<uslug:section>/<uslug:slug>/", article.article, name="article"),
]
