from django.apps import apps as installed
from django.contrib.auth.management import create_permissions
from django.db import migrations

from articles.roles import Role
from articles.setting_up_roles import set_up


def make_groups(apps, schema_editor):
    # Permissions are made after all migrations; the groups need them now.
    for app in ("auth", "newsroom", "images", "authors", "articles"):
        config = installed.get_app_config(app)
        create_permissions(config, verbosity=0, using=schema_editor.connection.alias)
    set_up(apps.get_model("auth", "Group"), apps.get_model("auth", "Permission"))


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

    operations = [migrations.RunPython(make_groups, delete_groups)]
