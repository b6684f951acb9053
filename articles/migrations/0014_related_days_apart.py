"""A greatest number of days that related articles may be apart. Nothing in the database changes."""

import django.core.validators
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("articles", "0013_archives")]

    operations = [
        migrations.AlterField(
            model_name="relatedsettings",
            name="days_apart_at_most",
            field=models.PositiveIntegerField(
                "days apart, at most",
                blank=True,
                null=True,
                help_text="Older and newer ones are not suggested. Empty: any.",
                validators=[django.core.validators.MaxValueValidator(36_500)],
            ),
        ),
    ]
