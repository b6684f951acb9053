"""How many articles of each month each list has, counted once for what readers have; and the pictures in the texts of pages
of the paper itself. Reversible: the counts go.
"""

from datetime import UTC

import django.db.models.deletion
from django.db import migrations, models
from django.db.models import Count
from django.db.models.functions import TruncMonth

BATCH = 5000


def count(apps, schema_editor):
    ListMonth = apps.get_model("articles", "ListMonth")
    PublishedArticle = apps.get_model("articles", "PublishedArticle")
    PublishedTag = apps.get_model("articles", "PublishedTag")
    PublishedByline = apps.get_model("articles", "PublishedByline")
    current = PublishedArticle.objects.filter(live_until=None)
    tagged = PublishedTag.objects.filter(content_object__live_until=None)
    signed = PublishedByline.objects.filter(published__live_until=None)
    for name, rows, of, moment, what in (
        ("list-home", current, [], "published_at", "pk"),
        ("list-section", current, ["section"], "published_at", "pk"),
        ("list-tag", tagged, ["tag"], "content_object__published_at", "pk"),
        ("list-author", signed, ["author"], "published__published_at", "published"),
    ):
        months = rows.order_by().annotate(in_month=TruncMonth(moment, tzinfo=UTC)).values(*of, "in_month")
        counted = months.annotate(times=Count(what, distinct=True)).values_list(*of, "in_month", "times")
        ListMonth.objects.bulk_create(
            (
                ListMonth(list=":".join([name, *map(str, number)]), month=month.date(), articles=times)
                for *number, month, times in counted
            ),
            batch_size=BATCH,
        )


class Migration(migrations.Migration):
    dependencies = [
        ("articles", "0012_search"),
        ("images", "0002_describing_rights_and_avif"),
    ]

    operations = [
        migrations.CreateModel(
            name="ListMonth",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("list", models.CharField(max_length=40)),
                ("month", models.DateField()),
                ("articles", models.IntegerField()),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("list", "month"), name="one_count_per_list_and_month")
                ],
            },
        ),
        migrations.CreateModel(
            name="StandingPicture",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "image",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="images.image"
                    ),
                ),
                (
                    "page",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="text_pictures",
                        to="articles.standingpage",
                    ),
                ),
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=("page", "image"), name="standing_picture_once")],
            },
        ),
        migrations.RunPython(count, migrations.RunPython.noop, elidable=True),
    ]
