"""Sections at the desk."""

from newsroom.deleting import DeletingInCounts


class SectionAdmin(DeletingInCounts):
    counted = {
        "article": ("article", "articles"),
        "publishedarticle": ("article that readers know", "articles that readers know"),
        "front": ("layout of its front", "layouts of its front"),
        "sectionlimit": ("limit of somebody’s work", "limits of people’s work"),
    }
    list_display = ["name", "slug", "position", "in_navigation"]
    search_fields = ["name", "slug"]
    fields = ["name", "slug", "description", "position", "in_navigation"]
