"""All addresses of the site. The articles' come last: /<section>/ takes whatever nothing else took."""

from django.contrib import admin
from django.urls import include, path, re_path, register_converter

from images.views import media
from newsroom import machine_files
from newsroom.slugs import SlugConverter
from newsroom.views import theme_css

register_converter(SlugConverter, "uslug")

urlpatterns = [
    path("admin/", admin.site.urls),
    # Only names that the site makes itself; anything else is no address at all.
    re_path(r"^media/(?P<name>(?:renditions/[0-9a-f]{20}|identity)/[\w.-]{1,100})$", media, name="media"),
    path("ads.txt", machine_files.ads, name="ads-txt"),
    path("humans.txt", machine_files.humans, name="humans-txt"),
    path(".well-known/security.txt", machine_files.security, name="security-txt"),
    path("manifest.webmanifest", machine_files.manifest, name="manifest"),
    path("favicon.ico", machine_files.favicon, name="favicon"),
    re_path(r"^theme-(?P<digest>[0-9a-f]{12})\.css$", theme_css, name="theme"),
    path("", include("articles.desk.urls")),
    path("", include("articles.pages.urls")),
]
