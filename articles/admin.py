"""Registers the desk. Its classes live in articles/desk/."""

from django.contrib import admin
from django.contrib.auth.models import Group, User
from taggit.models import Tag as StockTag

from articles.desk.announcing import AnnouncementAdmin
from articles.desk.articles import ArticleAdmin
from articles.desk.filing import SectionAdmin
from articles.desk.fronts.admin import FrontAdmin
from articles.desk.house_rules import HouseRulesAdmin
from articles.desk.people import GroupAdmin, PeopleAdmin
from articles.desk.related.settings import RelatedSettingsAdmin
from articles.desk.standing import StandingPageAdmin
from articles.desk.tags.admin import TagAdmin
from articles.desk.vocabulary import VocabularyAdmin
from articles.models import (
    Announcement,
    Article,
    Front,
    HouseRules,
    RelatedSettings,
    Section,
    StandingPage,
    Tag,
    Vocabulary,
)

# taggit's own admin lets whoever may look merge tags, of a model that we don't use.
if admin.site.is_registered(StockTag):
    admin.site.unregister(StockTag)

# Django's own let whoever keeps people give any right to anybody. (Importing ours has registered them already.)
admin.site.unregister([User, Group])

admin.site.register(Article, ArticleAdmin)
admin.site.register(Announcement, AnnouncementAdmin)
admin.site.register(Front, FrontAdmin)
admin.site.register(Section, SectionAdmin)
admin.site.register(StandingPage, StandingPageAdmin)
admin.site.register(Tag, TagAdmin)
admin.site.register(HouseRules, HouseRulesAdmin)
admin.site.register(RelatedSettings, RelatedSettingsAdmin)
admin.site.register(Vocabulary, VocabularyAdmin)
admin.site.register(User, PeopleAdmin)
admin.site.register(Group, GroupAdmin)
