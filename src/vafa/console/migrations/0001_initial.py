from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = []

    operations = [
        migrations.CreateModel(
            name="HistoryReport",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("made_at", models.DateTimeField(db_index=True)),
                ("facts_until", models.DateTimeField(null=True)),
                ("body", models.JSONField(default=dict)),
            ],
        ),
    ]
