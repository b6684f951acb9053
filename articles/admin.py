"""Registers the desk. Its classes live in articles/desk/."""

from django.contrib import admin
from taggit.models import Tag as StockTag

from articles.desk.announcing import AnnouncementAdmin
from articles.desk.articles import ArticleAdmin
from articles.desk.filing import SectionAdmin, TagAdmin
from articles.desk.house_rules import HouseRulesAdmin
from articles.models import Announcement, Article, HouseRules, Section, Tag

# taggit's own admin lets whoever may look merge tags, of a model that we don't use.
if admin.site.is_registered(StockTag):
    admin.site.unregister(StockTag)

admin.site.register(Article, ArticleAdmin)
admin.site.register(Announcement, AnnouncementAdmin)
admin.site.register(Section, SectionAdmin)
admin.site.register(Tag, TagAdmin)
admin.site.register(HouseRules, HouseRulesAdmin)
