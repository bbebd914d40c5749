"""PostgreSQL refuses to change or delete events, whatever goes round the product."""

from django.db import migrations

FUNCTION = """
CREATE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'Rows of % are never changed or deleted.', TG_TABLE_NAME USING ERRCODE = 'restrict_violation';
END $$
"""
TRIGGER = "CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON core_event FOR EACH ROW EXECUTE FUNCTION refuse_change()"


def protect(apps, schema_editor):
    """Create the function (the ledger uses it too) and the trigger; TRUNCATE stays possible for tests."""
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(FUNCTION, params=None)
        schema_editor.execute(TRIGGER)


def release(apps, schema_editor):
    """Take both away."""
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute("DROP TRIGGER append_only ON core_event")
        schema_editor.execute("DROP FUNCTION refuse_change()")


class Migration(migrations.Migration):
    dependencies = [("core", "0002_mail_next_try")]
    operations = [migrations.RunPython(protect, release)]
