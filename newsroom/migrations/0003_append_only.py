from django.db import migrations

from newsroom.auditing.append_only import protect, unprotect


def put_up(apps, schema_editor):
    protect(schema_editor.connection)


def take_away(apps, schema_editor):
    unprotect(schema_editor.connection)


class Migration(migrations.Migration):
    """The triggers that keep the log from being changed. SQLite loses triggers when a table is rebuilt: a later migration
    that alters a field of AuditEntry takes them away first and puts them up last.
    """

    dependencies = [("newsroom", "0002_copy_desk")]

    operations = [migrations.RunPython(put_up, take_away)]
