"""The readers' addresses."""

from django.urls import path, re_path, register_converter

from . import article, corrections, lists, tags
from .feeds import views as feeds
from .feeds.forms import feed_paths
from .sitemaps import views as sitemaps

register_converter(tags.SlugsConverter, "slugs")

urlpatterns = [
    path("", lists.home, name="home"),
    path("robots.txt", sitemaps.robots, name="robots-txt"),
    path("sitemap.xml", sitemaps.index, name="sitemap"),
    path("sitemap-news.xml", sitemaps.news, name="sitemap-news"),
    re_path(r"^sitemap-(?P<kind>[a-z]{4,10})-(?P<number>0|[1-9][0-9]{0,8})\.xml$", sitemaps.file, name="sitemap-file"),
    path("corrections/", corrections.corrections, name="corrections"),
    *feed_paths("", feeds.home, "home"),
    *feed_paths("corrections/", corrections.feed, "corrections"),
    path("authors/<uslug:slug>/", lists.author, name="author"),
    path("tags/<uslug:slug>/", tags.tag, name="tag"),
    *feed_paths("authors/<uslug:slug>/", feeds.author, "author"),
    *feed_paths("tags/<uslug:slug>/", tags.tag_feed, "tag"),
    path("tags/<slugs:slugs>/", tags.tags, name="tags"),
    *feed_paths("tags/<slugs:slugs>/", tags.tags_feed, "tags"),
    # Before the articles: no article may be called feed (models/article.py).
    *feed_paths("<uslug:slug>/", feeds.section, "section"),
    path("<uslug:slug>/", lists.section, name="section"),
    path("<uslug:section>/<uslug:slug>/", article.article, name="article"),
]
