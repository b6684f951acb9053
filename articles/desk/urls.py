"""The desk's only addresses outside the admin, for who has no login there: a preview, a calendar. Both are secrets."""

from django.urls import path

from .calendar.feed import calendar_feed
from .previews.sharing import shared

urlpatterns = [
    path("preview/<str:token>/", shared, name="shared"),
    path("calendar/<str:secret>.ics", calendar_feed, name="calendar_feed"),
]
