from django.db import migrations


def settings_know_the_city(apps, schema_editor):
    """What the owner said in the first steps is what his settings say."""
    row = apps.get_model("opening", "Opening").objects.filter(pk=1).exclude(city="").first()
    if row is not None:
        apps.get_model("shop", "Shop").objects.filter(pk=1, city="").update(city=row.city)


class Migration(migrations.Migration):
    dependencies = [("opening", "0001_initial"), ("shop", "0009_city")]

    operations = [migrations.RunPython(settings_know_the_city, migrations.RunPython.noop)]
