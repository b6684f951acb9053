"""Every tag's name into the list of names, and what is counted and dated anew. Reversible: the lists go with their tables.

Two tags whose names have become one by the wider folding (accents, spaces, hyphens) both stay, under names of their own;
the tag desk shows them as near duplicates, to be merged by a person.
"""

from django.db import migrations
from django.db.models import Count, OuterRef, Q, Subquery
from django.utils import timezone

from articles.models.tags.names import folded

BATCH = 1000


def name_tags(apps, schema_editor):
    Tag, TagName = apps.get_model("articles", "Tag"), apps.get_model("articles", "TagName")
    taken = set()
    rows = []
    for tag in Tag.objects.order_by("pk").only("pk", "name").iterator(BATCH):
        key = folded(tag.name)
        if key in taken:
            key = f"{key}#{tag.pk}"
        taken.add(key)
        Tag.objects.filter(pk=tag.pk).update(folded_name=key)
        rows.append(TagName(folded=key, name=tag.name, tag_id=tag.pk))
    TagName.objects.bulk_create(rows, batch_size=BATCH)


def date_and_count(apps, schema_editor):
    PublishedTag, Tag = apps.get_model("articles", "PublishedTag"), apps.get_model("articles", "Tag")
    over = Q(content_object__live_until__isnull=False, content_object__live_until__lte=timezone.now())
    PublishedTag.objects.filter(pk__in=PublishedTag.objects.filter(over).values("pk")).update(published_at=None)
    used = (
        PublishedTag.objects.filter(tag=OuterRef("pk"), published_at__isnull=False)
        .order_by().values("tag").annotate(n=Count("content_object__article", distinct=True)).values("n")
    )  # fmt: skip
    ids = list(
        PublishedTag.objects.filter(published_at__isnull=False).order_by().values_list("tag", flat=True).distinct()
    )
    for start in range(0, len(ids), BATCH):
        Tag.objects.filter(pk__in=ids[start : start + BATCH]).update(
            uses=Subquery(used)
        )


def date_all(apps, schema_editor):
    """The column can't be empty before."""
    PublishedTag = apps.get_model("articles", "PublishedTag")
    Version = apps.get_model("articles", "PublishedArticle")
    PublishedTag.objects.filter(published_at=None).update(
        published_at=Subquery(Version.objects.filter(pk=OuterRef("content_object")).values("published_at")[:1])
    )


class Migration(migrations.Migration):
    dependencies = [("articles", "0007_tags_and_related")]

    operations = [
        migrations.RunPython(name_tags, migrations.RunPython.noop),
        migrations.RunPython(date_and_count, date_all),
    ]
