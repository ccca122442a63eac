import uuid

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("accounts", "__first__"),
    ]

    operations = [
        migrations.CreateModel(
            name="AskedCode",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("public_id", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                (
                    "channel",
                    models.CharField(
                        choices=[
                            ("email", "E-mail"),
                            ("sms", "SMS"),
                            ("telegram", "Telegram"),
                            ("whatsapp", "WhatsApp"),
                            ("bale", "Bale"),
                        ],
                        max_length=16,
                    ),
                ),
                ("address", models.CharField(max_length=254)),
                ("asked_at", models.DateTimeField()),
                ("expires_at", models.DateTimeField()),
                ("digest", models.CharField(blank=True, default="", editable=False, max_length=64)),
                ("tries", models.PositiveSmallIntegerField(default=0)),
                ("used_at", models.DateTimeField(blank=True, null=True)),
            ],
            options={
                "indexes": [models.Index(fields=["address", "asked_at"], name="asked_code_address")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("expires_at__gt", models.F("asked_at"))), name="asked_code_lives"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("used_at__isnull", True), models.Q(("digest", ""), _negated=True), _connector="OR"
                        ),
                        name="asked_code_was_sent",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Customer",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("ref", models.CharField(max_length=64, unique=True)),
                ("name", models.CharField(blank=True, default="", max_length=160)),
                ("language", models.CharField(blank=True, default="", max_length=8)),
                ("zone", models.CharField(blank=True, default="", max_length=64)),
                ("segment", models.CharField(blank=True, default="", max_length=40)),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(condition=models.Q(("ref", ""), _negated=True), name="customer_has_a_ref"),
                    models.CheckConstraint(
                        condition=models.Q(("language__in", ["", "fa", "ar", "en"])), name="customer_language_is_known"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="CustomerSession",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("digest", models.CharField(editable=False, max_length=64, unique=True)),
                ("opened_at", models.DateTimeField()),
                ("ends_at", models.DateTimeField(db_index=True)),
                (
                    "customer",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="sessions", to="customers.customer"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="ContactPoint",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "channel",
                    models.CharField(
                        choices=[
                            ("email", "E-mail"),
                            ("sms", "SMS"),
                            ("telegram", "Telegram"),
                            ("whatsapp", "WhatsApp"),
                            ("bale", "Bale"),
                        ],
                        max_length=16,
                    ),
                ),
                ("address", models.CharField(max_length=254)),
                ("position", models.PositiveSmallIntegerField(default=0)),
                ("said_at", models.DateTimeField()),
                ("verified_at", models.DateTimeField(blank=True, null=True)),
                ("failed_at", models.DateTimeField(blank=True, null=True)),
                (
                    "customer",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="contacts", to="customers.customer"
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("customer", "channel", "address"), name="contact_point_once"),
                    models.CheckConstraint(
                        condition=models.Q(("channel__in", ["email", "sms", "telegram", "whatsapp", "bale"])),
                        name="contact_channel_is_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("address", ""), _negated=True), name="contact_has_an_address"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Consent",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("purpose", models.CharField(max_length=16)),
                (
                    "channel",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("", ""),
                            ("email", "E-mail"),
                            ("sms", "SMS"),
                            ("telegram", "Telegram"),
                            ("whatsapp", "WhatsApp"),
                            ("bale", "Bale"),
                        ],
                        default="",
                        max_length=16,
                    ),
                ),
                ("given", models.BooleanField()),
                ("at", models.DateTimeField()),
                ("source", models.CharField(max_length=40)),
                (
                    "customer",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="consents", to="customers.customer"
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=("customer", "purpose", "channel", "at", "given"), name="consent_once"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("channel__in", ["", "email", "sms", "telegram", "whatsapp", "bale"])),
                        name="consent_channel_is_known",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Look",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("customer_ref", models.CharField(max_length=64)),
                ("who", models.CharField(max_length=150)),
                (
                    "what",
                    models.CharField(
                        choices=[
                            ("order", "An order with its address"),
                            ("message", "A message"),
                            ("report", "What was told about an order"),
                            ("paper", "A paper to print"),
                            ("profile", "Name and contact"),
                        ],
                        max_length=8,
                    ),
                ),
                ("hour", models.DateTimeField()),
                ("at", models.DateTimeField()),
                (
                    "user",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["at"], name="look_by_time")],
                "constraints": [
                    models.UniqueConstraint(fields=("customer_ref", "who", "what", "hour"), name="look_once_an_hour"),
                    models.CheckConstraint(
                        condition=models.Q(("what__in", ["order", "message", "report", "paper", "profile"])),
                        name="look_what_is_known",
                    ),
                ],
            },
        ),
    ]
