from django.db import migrations, models
from django.utils import timezone

from newsroom.auditing.append_only import protect, unprotect


def put_up(apps, schema_editor):
    protect(schema_editor.connection)


def take_away(apps, schema_editor):
    unprotect(schema_editor.connection)


class Migration(migrations.Migration):
    """The indexes that the log's page reads by, and the triggers. SQLite loses triggers when a table is rebuilt: a later
    migration that alters a field of AuditEntry takes them away first and puts them up last, like this one.
    """

    dependencies = [("newsroom", "0002_audit")]

    operations = [
        migrations.AlterField("auditentry", "at", models.DateTimeField(default=timezone.now)),
        migrations.AlterField("auditentry", "by_id", models.BigIntegerField(blank=True, null=True)),
        migrations.AlterField("auditentry", "act", models.CharField(max_length=40)),
        migrations.AddIndex("auditentry", models.Index(fields=["-at", "-id"], name="audit_newest")),
        migrations.AddIndex("auditentry", models.Index(fields=["by_id", "-at", "-id"], name="audit_of_person")),
        migrations.AddIndex("auditentry", models.Index(fields=["act", "-at", "-id"], name="audit_of_act")),
        migrations.AddIndex("auditentry", models.Index(fields=["thing", "-at", "-id"], name="audit_of_kind")),
        migrations.RunPython(put_up, take_away),
    ]
