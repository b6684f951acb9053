from django.db import migrations

from articles.setting_up_roles import set_up_in_migration


class Migration(migrations.Migration):
    """The groups get what the table of rights says of the new settings. What they had stays when this is taken back."""

    dependencies = [("articles", "0009_rebuilding")]

    operations = [migrations.RunPython(set_up_in_migration, migrations.RunPython.noop)]
