"""PostgreSQL refuses to change or delete entries of the ledger, whatever goes round the product."""

from django.db import migrations

TRIGGER = (
    "CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON projects_ledgerentry "
    "FOR EACH ROW EXECUTE FUNCTION refuse_change()"
)


def protect(apps, schema_editor):
    """Create the trigger; TRUNCATE stays possible for tests."""
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(TRIGGER)


def release(apps, schema_editor):
    """Take it away."""
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute("DROP TRIGGER append_only ON projects_ledgerentry")


class Migration(migrations.Migration):
    dependencies = [("projects", "0002_stricter_money"), ("core", "0003_append_only")]
    operations = [migrations.RunPython(protect, release)]
