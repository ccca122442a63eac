from django.db import migrations, models

import vafa.storefront.models


class Migration(migrations.Migration):
    initial = True

    dependencies = []

    operations = [
        migrations.CreateModel(
            name="WidgetSite",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "key",
                    models.CharField(
                        default=vafa.storefront.models.new_key, editable=False, max_length=40, unique=True
                    ),
                ),
                ("name", models.CharField(max_length=80)),
                ("origins", models.JSONField(default=list)),
                ("opened_at", models.DateTimeField()),
                ("closed_at", models.DateTimeField(blank=True, null=True)),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("name", ""), _negated=True), name="widget_site_has_a_name"
                    )
                ],
            },
        ),
    ]
