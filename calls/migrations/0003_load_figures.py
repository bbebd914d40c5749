"""A new installation knows the figures of the law; `manage.py load_reference` brings later ones."""

from django.db import migrations

from calls.law import read_figures


def load(apps, schema_editor):
    """Write the shipped table where it is not there yet."""
    figure_model = apps.get_model("calls", "ReferenceFigure")
    for figure in read_figures():
        figure_model.objects.get_or_create(
            code=figure.code,
            valid_from=figure.valid_from,
            defaults={
                "title": figure.title,
                "value": figure.value,
                "unit": figure.unit,
                "valid_to": figure.valid_to,
                "source": figure.source,
            },
        )


class Migration(migrations.Migration):
    dependencies = [("calls", "0002_reference_figure")]
    operations = [migrations.RunPython(load, migrations.RunPython.noop)]
