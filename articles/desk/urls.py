"""The desk's only address outside the admin: a preview for people without a login."""

from django.urls import path

from .previews.sharing import shared

urlpatterns = [path("<str:token>/", shared, name="shared")]
