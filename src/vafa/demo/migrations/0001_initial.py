import django.db.models.expressions
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = []

    operations = [
        migrations.CreateModel(
            name="Build",
            fields=[
                ("id", models.PositiveSmallIntegerField(default=1, editable=False, primary_key=True, serialize=False)),
                ("seed", models.BigIntegerField()),
                ("last_day", models.DateField()),
                ("orders", models.PositiveIntegerField(default=0)),
                ("digest", models.CharField(blank=True, default="", max_length=64)),
                ("days", models.PositiveIntegerField(default=365)),
                ("orders_a_day", models.FloatField(default=9.6)),
                ("books", models.PositiveIntegerField(default=2000)),
                ("days_lived", models.PositiveIntegerField(default=0)),
                ("days_worked", models.PositiveIntegerField(default=0)),
                ("begun_at", models.DateTimeField()),
                ("finished_at", models.DateTimeField(blank=True, null=True)),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(condition=models.Q(("id", 1)), name="demo_build_is_one_row"),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("days_lived__gte", models.F("days_worked")),
                            (
                                "days_lived__lte",
                                django.db.models.expressions.CombinedExpression(
                                    models.F("days_worked"), "+", models.Value(1)
                                ),
                            ),
                        ),
                        name="demo_days_are_worked_one_by_one",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Strike",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("carrier", models.CharField(max_length=64)),
                ("begins_at", models.DateTimeField(unique=True)),
                ("ends_at", models.DateTimeField()),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("ends_at__gte", models.F("begins_at"))),
                        name="demo_strike_ends_after_it_begins",
                    )
                ],
            },
        ),
    ]
