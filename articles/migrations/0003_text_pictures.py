"""Fill in which pictures stand in the texts that are there already."""

import re

from django.db import migrations

BATCH = 500
_IMAGE = re.compile(r'<figure [^>]*data-image="([1-9]\d{0,17})"')


def fill(apps, schema_editor):
    there = set(apps.get_model("images", "Image").objects.values_list("pk", flat=True))
    for owner, rows, field in (("Article", "ArticlePicture", "article_id"), ("PublishedArticle", "PublishedPicture", "published_id")):
        model = apps.get_model("articles", rows)
        texts = apps.get_model("articles", owner).objects.filter(body__contains="data-image").values_list("pk", "body")
        found = []
        for pk, body in texts.iterator(chunk_size=BATCH):
            numbers = {int(number) for number in _IMAGE.findall(body)} & there
            found += [model(image_id=number, **{field: pk}) for number in sorted(numbers)]
            if len(found) >= BATCH:
                model.objects.bulk_create(found, ignore_conflicts=True)
                found = []
        model.objects.bulk_create(found, ignore_conflicts=True)


class Migration(migrations.Migration):
    dependencies = [("articles", "0002_desk"), ("images", "0001_initial")]
    operations = [migrations.RunPython(fill, migrations.RunPython.noop, elidable=True)]
