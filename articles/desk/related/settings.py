"""The site's settings of related articles at the desk. The one door: no environment variable says otherwise."""

from newsroom.one_row import OneRowAdmin


class RelatedSettingsAdmin(OneRowAdmin):
    fieldsets = [
        (
            None,
            {
                "fields": ["cards", "days_apart_at_most", "same_section", "tells_readers_why"],
                "description": "What readers are offered to read next, under every article. How it is found and ordered "
                "is the same everywhere; which ones stand beside an article is chosen in that article’s form. What is "
                "pinned there by hand is shown whatever is said here. A change holds at once, for the whole site.",
            },
        )
    ]
