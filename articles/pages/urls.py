"""The readers' addresses."""

from django.urls import path, re_path, register_converter

from . import article, corrections, fronts, lists, tags
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
    path("authors/<uslug:slug>/", lists.author, name="author"),
    path("tags/<uslug:slug>/", tags.tag, name="tag"),
    path("tags/<uslug:slug>/feed/", tags.tag_feed, name="tag-feed"),
    path("tags/<slugs:slugs>/", tags.tags, name="tags"),
    path("tags/<slugs:slugs>/feed/", tags.tags_feed, name="tags-feed"),
    path("<uslug:slug>/", fronts.section, name="section"),
    path("<uslug:section>/<uslug:slug>/", article.article, name="article"),
]
