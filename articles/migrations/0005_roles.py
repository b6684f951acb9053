from django.db import migrations

from articles.roles import Role
from articles.setting_up_roles import set_up_in_migration


def delete_groups(apps, schema_editor):
    apps.get_model("auth", "Group").objects.filter(name__in=[role.value for role in Role], user=None).delete()


class Migration(migrations.Migration):
    dependencies = [
        ("articles", "0004_copy_desk"),
        ("auth", "0012_alter_user_first_name_max_length"),
        ("authors", "0001_initial"),
        ("images", "0002_describing_rights_and_avif"),
        ("newsroom", "0002_copy_desk"),
    ]

    operations = [migrations.RunPython(set_up_in_migration, delete_groups)]
