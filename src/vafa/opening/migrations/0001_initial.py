from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = []

    operations = [
        migrations.CreateModel(
            name="Opening",
            fields=[
                ("id", models.PositiveSmallIntegerField(default=1, editable=False, primary_key=True, serialize=False)),
                ("begun_at", models.DateTimeField()),
                ("marks", models.JSONField(blank=True, default=dict)),
                ("country", models.CharField(blank=True, default="", max_length=2)),
                ("city", models.CharField(blank=True, default="", max_length=120)),
                ("dismissed_at", models.DateTimeField(blank=True, null=True)),
            ],
            options={
                "constraints": [models.CheckConstraint(condition=models.Q(("id", 1)), name="opening_is_one_row")],
            },
        ),
    ]
