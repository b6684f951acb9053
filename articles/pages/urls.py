"""The readers' addresses."""

from django.urls import path

from . import article, corrections, lists

urlpatterns = [
    path("", lists.home, name="home"),
    path("corrections/", corrections.corrections, name="corrections"),
    path("corrections/feed/", corrections.feed, name="corrections-feed"),
    path("authors/<uslug:slug>/", lists.author, name="author"),
    path("tags/<uslug:slug>/", lists.tag, name="tag"),
    path("<uslug:slug>/", lists.section, name="section"),
    path("<uslug:section>/<uslug:slug>/", article.article, name="article"),
]
