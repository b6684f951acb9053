"""The readers' addresses."""

from django.urls import path

from . import article, lists

urlpatterns = [
    path("", lists.home, name="home"),
    path("authors/<uslug:slug>/", lists.author, name="author"),
    path("tags/<uslug:slug>/", lists.tag, name="tag"),
    path("<uslug:slug>/", lists.section, name="section"),
    path("<uslug:section>/<uslug:slug>/", article.article, name="article"),
]
