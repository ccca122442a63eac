import uuid

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = []

    operations = [
        migrations.CreateModel(
            name="AdvertisedClaim",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("public_id", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ("text", models.CharField(max_length=300)),
                ("medium", models.CharField(blank=True, default="", max_length=80)),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("within_days", "Delivery within a number of days"),
                            ("free_from", "Free delivery from an amount"),
                        ],
                        max_length=16,
                    ),
                ),
                ("place", models.CharField(blank=True, default="", max_length=120)),
                ("region", models.CharField(blank=True, default="", max_length=120)),
                ("option", models.CharField(blank=True, default="", max_length=64)),
                ("days", models.PositiveSmallIntegerField(blank=True, null=True)),
                ("amount_minor", models.BigIntegerField(blank=True, null=True)),
                ("level", models.FloatField(default=0.95)),
                ("starts_on", models.DateField()),
                ("ends_on", models.DateField(blank=True, null=True)),
                ("registered_at", models.DateTimeField()),
                ("registered_by", models.CharField(blank=True, default="", max_length=40)),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("amount_minor__isnull", True),
                                ("days__isnull", False),
                                ("days__lte", 60),
                                ("kind", "within_days"),
                            ),
                            models.Q(
                                ("amount_minor__gte", 0),
                                ("amount_minor__isnull", False),
                                ("days__isnull", True),
                                ("kind", "free_from"),
                            ),
                            _connector="OR",
                        ),
                        name="claim_has_its_value",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("level__gte", 0.5), ("level__lte", 0.999)), name="claim_level_in_range"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("ends_on__isnull", True), ("ends_on__gte", models.F("starts_on")), _connector="OR"
                        ),
                        name="claim_ends_after_start",
                    ),
                    models.CheckConstraint(condition=models.Q(("text", ""), _negated=True), name="claim_has_a_text"),
                ],
            },
        ),
        migrations.CreateModel(
            name="DayTotal",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("against", models.CharField(choices=[("current", "Current"), ("original", "Original")], max_length=8)),
                ("day", models.DateField()),
                ("kind", models.CharField(max_length=40)),
                ("direction", models.CharField(max_length=16)),
                ("unit", models.CharField(max_length=8)),
                ("made", models.IntegerField(default=0)),
                ("revised", models.IntegerField(default=0)),
                ("revised_by_shop", models.IntegerField(default=0)),
                ("cancelled", models.IntegerField(default=0)),
                ("settled", models.IntegerField(default=0)),
                ("kept", models.IntegerField(default=0)),
                ("exceeded", models.IntegerField(default=0)),
                ("undecided", models.IntegerField(default=0)),
                ("padding", models.BigIntegerField(default=0)),
            ],
            options={
                "indexes": [models.Index(fields=["against", "day"], name="total_by_day")],
            },
        ),
        migrations.CreateModel(
            name="Guarantee",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("code", models.SlugField(max_length=40, unique=True)),
                (
                    "state",
                    models.CharField(
                        choices=[("draft", "Draft"), ("published", "Published"), ("ended", "Ended")],
                        default="draft",
                        max_length=9,
                    ),
                ),
                ("draft", models.JSONField(blank=True, null=True)),
                ("created_at", models.DateTimeField()),
                ("ended_at", models.DateTimeField(blank=True, null=True)),
                ("ended_by", models.CharField(blank=True, default="", max_length=40)),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("state__in", ["draft", "published", "ended"])),
                        name="guarantee_state_is_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("draft__isnull", False), ("ended_at__isnull", True), ("state", "draft")),
                            models.Q(("ended_at__isnull", True), ("state", "published")),
                            models.Q(("draft__isnull", True), ("ended_at__isnull", False), ("state", "ended")),
                            _connector="OR",
                        ),
                        name="guarantee_state_fits",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="GuaranteeVersion",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("number", models.PositiveSmallIntegerField()),
                ("reference", models.CharField(max_length=64, unique=True)),
                ("terms", models.JSONField()),
                ("digest", models.CharField(max_length=64)),
                ("published_at", models.DateTimeField()),
                ("published_by", models.CharField(blank=True, default="", max_length=40)),
                (
                    "guarantee",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="versions", to="promises.guarantee"
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("guarantee", "number"), name="guarantee_version_number_once")
                ],
            },
        ),
        migrations.CreateModel(
            name="Promise",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("public_id", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ("key", models.CharField(max_length=160, unique=True)),
                ("kind", models.CharField(max_length=40)),
                (
                    "unit",
                    models.CharField(choices=[("day", "A day"), ("moment", "A moment")], default="day", max_length=8),
                ),
                (
                    "direction",
                    models.CharField(
                        choices=[("to_customer", "To a customer"), ("from_supplier", "From a supplier")],
                        default="to_customer",
                        max_length=16,
                    ),
                ),
                ("subject_type", models.CharField(max_length=40)),
                ("subject_ref", models.CharField(max_length=80)),
                ("party_ref", models.CharField(blank=True, default="", max_length=80)),
                ("claim", models.CharField(blank=True, max_length=162, null=True)),
                ("text", models.JSONField(blank=True, default=dict)),
                ("channel", models.CharField(blank=True, default="", max_length=40)),
                ("origin", models.CharField(default="quote", max_length=16)),
                ("guarantee_version", models.CharField(blank=True, default="", max_length=64)),
                ("probability", models.FloatField(blank=True, null=True)),
                ("place", models.CharField(blank=True, default="", max_length=120)),
                ("region", models.CharField(blank=True, default="", max_length=120)),
                ("seller", models.CharField(blank=True, default="", max_length=120)),
                ("made_at", models.DateTimeField()),
                ("due_on", models.DateField()),
                ("zone", models.CharField(max_length=64)),
                ("due_at", models.DateTimeField()),
                ("settle_after", models.DateTimeField(blank=True, null=True)),
                (
                    "asked_by",
                    models.CharField(
                        blank=True,
                        choices=[("shop", "The shop"), ("customer", "The customer")],
                        default="",
                        max_length=8,
                    ),
                ),
                ("original_due_on", models.DateField()),
                ("original_due_at", models.DateTimeField()),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("open", "Open"),
                            ("kept", "Kept"),
                            ("broken", "Broken"),
                            ("revised", "Revised"),
                            ("cancelled", "Cancelled"),
                        ],
                        default="open",
                        max_length=9,
                    ),
                ),
                ("settled_at", models.DateTimeField(blank=True, null=True)),
                ("fulfilled_at", models.DateTimeField(blank=True, null=True)),
                ("margin_days", models.IntegerField(blank=True, null=True)),
                ("margin_seconds", models.BigIntegerField(blank=True, null=True)),
                ("original_margin_days", models.IntegerField(blank=True, null=True)),
                ("original_margin_seconds", models.BigIntegerField(blank=True, null=True)),
                ("corrected", models.BooleanField(default=False)),
                (
                    "replaced_by",
                    models.OneToOneField(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="replaces",
                        to="promises.promise",
                    ),
                ),
                (
                    "root",
                    models.ForeignKey(
                        blank=True,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="promises.promise",
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(
                        condition=models.Q(("state", "open")),
                        fields=["due_at", "probability"],
                        name="promise_open_by_due",
                    ),
                    models.Index(
                        condition=models.Q(("state", "open")), fields=["settle_after"], name="promise_open_by_settle"
                    ),
                    models.Index(condition=models.Q(("root__isnull", False)), fields=["root"], name="promise_chain"),
                    models.Index(fields=["due_on"], name="promise_due_on"),
                    models.Index(fields=["original_due_on"], name="promise_original_due_on"),
                    models.Index(fields=["subject_ref"], name="promise_subject"),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("state__in", ["open", "kept", "broken", "revised", "cancelled"])),
                        name="promise_state_is_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("unit__in", ["day", "moment"])), name="promise_unit_is_known"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("direction__in", ["to_customer", "from_supplier"])),
                        name="promise_direction_is_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("probability__isnull", True),
                            models.Q(("probability__gte", 0), ("probability__lte", 1)),
                            _connector="OR",
                        ),
                        name="promise_probability_in_range",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("settle_after__isnull", True), ("settle_after__gte", models.F("due_at")), _connector="OR"
                        ),
                        name="promise_settles_after_due",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("asked_by", ""), ("root__isnull", True)),
                            models.Q(("asked_by__in", ["shop", "customer"]), ("root__isnull", False)),
                            _connector="OR",
                        ),
                        name="promise_revision_was_asked_for",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("replaced_by__isnull", False), ("state", "revised")),
                            models.Q(models.Q(("state", "revised"), _negated=True), ("replaced_by__isnull", True)),
                            _connector="OR",
                        ),
                        name="promise_revised_has_successor",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("settled_at__isnull", False), ("state__in", ["kept", "broken"])),
                            models.Q(
                                models.Q(("state__in", ["kept", "broken"]), _negated=True),
                                ("corrected", False),
                                ("settled_at__isnull", True),
                            ),
                            _connector="OR",
                        ),
                        name="promise_settled_has_time",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("fulfilled_at__isnull", True),
                                ("margin_days__isnull", True),
                                ("margin_seconds__isnull", True),
                                ("original_margin_days__isnull", True),
                                ("original_margin_seconds__isnull", True),
                            ),
                            models.Q(
                                ("fulfilled_at__isnull", False),
                                ("margin_days__isnull", False),
                                ("margin_seconds__isnull", False),
                                ("original_margin_days__isnull", False),
                                ("original_margin_seconds__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        name="promise_margin_iff_fulfilled",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("fulfilled_at__isnull", False),
                                ("state", "kept"),
                                models.Q(
                                    models.Q(("margin_days__gte", 0), ("unit", "day")),
                                    models.Q(("margin_seconds__gte", 0), ("unit", "moment")),
                                    _connector="OR",
                                ),
                            ),
                            models.Q(
                                ("fulfilled_at__isnull", False),
                                ("state", "broken"),
                                models.Q(
                                    models.Q(("margin_days__lt", 0), ("unit", "day")),
                                    models.Q(("margin_seconds__lt", 0), ("unit", "moment")),
                                    _connector="OR",
                                ),
                            ),
                            models.Q(models.Q(("state", "kept"), _negated=True), ("fulfilled_at__isnull", True)),
                            _connector="OR",
                        ),
                        name="promise_outcome_fits_margin",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("claim__isnull", False)), fields=("claim",), name="promise_one_open_claim"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("claim__isnull", True), ("state", "open"), _connector="OR"),
                        name="promise_claim_is_open",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Cover",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("guaranteed_until", models.DateTimeField()),
                ("value_minor", models.BigIntegerField(blank=True, null=True)),
                ("delivery_minor", models.BigIntegerField(blank=True, null=True)),
                ("judge_after", models.DateTimeField()),
                (
                    "state",
                    models.CharField(
                        choices=[("open", "Open"), ("met", "Met"), ("late", "Not met"), ("void", "Void")],
                        default="open",
                        max_length=4,
                    ),
                ),
                (
                    "version",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="covers",
                        to="promises.guaranteeversion",
                    ),
                ),
                (
                    "promise",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT, related_name="cover", to="promises.promise"
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(
                        condition=models.Q(("state", "open")), fields=["judge_after"], name="cover_open_by_judging"
                    )
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("state__in", ["open", "met", "late", "void"])), name="cover_state_is_known"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("value_minor__isnull", True), ("value_minor__gte", 0), _connector="OR"),
                            models.Q(("delivery_minor__isnull", True), ("delivery_minor__gte", 0), _connector="OR"),
                        ),
                        name="cover_amounts_not_negative",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Receipt",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("body", models.TextField()),
                ("signature", models.BinaryField(max_length=64)),
                ("key_id", models.CharField(max_length=32)),
                ("issued_at", models.DateTimeField()),
                (
                    "promise",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT, related_name="receipt", to="promises.promise"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Remedy",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("public_id", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ("customer_ref", models.CharField(blank=True, default="", max_length=80)),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("voucher", "Voucher"),
                            ("refund", "Refund"),
                            ("free_delivery", "Free delivery of the next order"),
                            ("apology", "Apology"),
                            ("call", "Call"),
                        ],
                        max_length=16,
                    ),
                ),
                ("amount_minor", models.BigIntegerField(blank=True, null=True)),
                ("cost_minor", models.BigIntegerField(default=0)),
                ("currency", models.CharField(max_length=3)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("waiting", "Waiting for approval"),
                            ("due", "Due"),
                            ("given", "Given"),
                            ("refused", "Refused"),
                        ],
                        max_length=8,
                    ),
                ),
                (
                    "hold",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("limit", "its amount is above the limit"),
                            ("amount_unknown", "the order's value is not known"),
                            ("budget", "the budget of the period is used up"),
                            ("customer", "this customer has had the most that is given without a look"),
                            ("customer_unknown", "the customer's number is not known"),
                        ],
                        default="",
                        max_length=16,
                    ),
                ),
                ("due_at", models.DateTimeField()),
                ("decided_at", models.DateTimeField(blank=True, null=True)),
                ("decided_by", models.CharField(blank=True, default="", max_length=40)),
                ("reason", models.CharField(blank=True, default="", max_length=200)),
                ("claimed_at", models.DateTimeField(blank=True, null=True)),
                ("given_at", models.DateTimeField(blank=True, null=True)),
                ("given_by", models.CharField(blank=True, default="", max_length=40)),
                ("reference", models.CharField(blank=True, default="", max_length=80)),
                (
                    "cover",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT, related_name="remedy", to="promises.cover"
                    ),
                ),
                (
                    "guarantee",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="remedies",
                        to="promises.guarantee",
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(
                        condition=models.Q(("state__in", ["waiting", "due"])),
                        fields=["due_at"],
                        name="remedy_unfinished",
                    ),
                    models.Index(fields=["guarantee", "due_at"], name="remedy_by_guarantee"),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("state__in", ["waiting", "due", "given", "refused"])),
                        name="remedy_state_is_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("kind__in", ["voucher", "refund", "free_delivery", "apology", "call"])),
                        name="remedy_kind_is_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("decided_at__isnull", True),
                                ("state", "waiting"),
                                models.Q(("hold", ""), _negated=True),
                            ),
                            models.Q(
                                models.Q(("state", "waiting"), _negated=True),
                                models.Q(("hold", ""), ("decided_at__isnull", False), _connector="OR"),
                            ),
                            _connector="OR",
                        ),
                        name="remedy_waits_for_a_reason",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "refused"), _negated=True),
                            models.Q(
                                models.Q(("reason", ""), _negated=True), models.Q(("decided_by", ""), _negated=True)
                            ),
                            _connector="OR",
                        ),
                        name="remedy_refused_with_reason",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("given_at__isnull", False), ("state", "given")),
                            models.Q(models.Q(("state", "given"), _negated=True), ("given_at__isnull", True)),
                            _connector="OR",
                        ),
                        name="remedy_given_has_time",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("amount_minor__gt", 0),
                                ("amount_minor__isnull", False),
                                ("kind__in", ["voucher", "refund"]),
                            ),
                            models.Q(("kind__in", ["voucher", "refund"]), ("state__in", ["waiting", "refused"])),
                            models.Q(
                                models.Q(("kind__in", ["voucher", "refund"]), _negated=True),
                                ("amount_minor__isnull", True),
                            ),
                            _connector="OR",
                        ),
                        name="remedy_amount_fits_kind",
                    ),
                    models.CheckConstraint(condition=models.Q(("cost_minor__gte", 0)), name="remedy_cost_not_negative"),
                ],
            },
        ),
        migrations.CreateModel(
            name="Seal",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("number", models.PositiveIntegerField(unique=True)),
                ("day", models.DateField(db_index=True)),
                ("count", models.PositiveIntegerField()),
                ("root", models.CharField(max_length=64)),
                ("previous", models.CharField(blank=True, default="", max_length=64)),
                ("digest", models.CharField(max_length=64, unique=True)),
                ("sealed_at", models.DateTimeField()),
                ("key_id", models.CharField(blank=True, default="", max_length=32)),
                ("signature", models.BinaryField(blank=True, max_length=64, null=True)),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(condition=models.Q(("number__gte", 1)), name="seal_numbers_begin_at_one"),
                    models.CheckConstraint(condition=models.Q(("count__gte", 1)), name="seal_is_not_empty"),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("key_id", ""), ("signature__isnull", True)),
                            models.Q(models.Q(("key_id", ""), _negated=True), ("signature__isnull", False)),
                            _connector="OR",
                        ),
                        name="seal_signature_names_its_key",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="PromiseEvent",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("step", models.PositiveSmallIntegerField()),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("made", "Promised"),
                            ("revised", "Revised"),
                            ("kept", "Kept"),
                            ("broken", "Broken"),
                            ("cancelled", "Cancelled"),
                            ("corrected", "Corrected"),
                            ("fulfilled", "Fulfilled late"),
                            ("noted", "Also told"),
                            ("retracted", "Taken back"),
                            ("remedied", "Made good"),
                            ("warned", "Customer warned"),
                            ("answered", "Customer answered"),
                        ],
                        max_length=9,
                    ),
                ),
                ("at", models.DateTimeField()),
                ("recorded_at", models.DateTimeField()),
                ("evidence", models.JSONField(default=dict)),
                (
                    "promise",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="events",
                        to="promises.promise",
                    ),
                ),
                (
                    "sealed_in",
                    models.ForeignKey(
                        blank=True,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="events",
                        to="promises.seal",
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(condition=models.Q(("sealed_in__isnull", True)), fields=["id"], name="event_unsealed"),
                    models.Index(
                        condition=models.Q(("sealed_in__isnull", False)), fields=["sealed_in"], name="event_sealed_in"
                    ),
                ],
                "constraints": [
                    models.UniqueConstraint(fields=("promise", "step"), name="event_one_for_each_step"),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("kind", "made"), ("step", 0)),
                            models.Q(
                                (
                                    "kind__in",
                                    ["revised", "kept", "broken", "cancelled", "remedied", "warned", "answered"],
                                ),
                                ("step", 1),
                            ),
                            models.Q(
                                (
                                    "kind__in",
                                    [
                                        "revised",
                                        "kept",
                                        "broken",
                                        "cancelled",
                                        "corrected",
                                        "fulfilled",
                                        "noted",
                                        "retracted",
                                        "remedied",
                                        "warned",
                                        "answered",
                                    ],
                                ),
                                ("step__gte", 2),
                            ),
                            _connector="OR",
                        ),
                        name="event_kind_fits_step",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="SigningKey",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("key_id", models.CharField(max_length=32, unique=True)),
                ("public_key", models.BinaryField(max_length=32)),
                ("created_at", models.DateTimeField()),
                ("retired_at", models.DateTimeField(blank=True, null=True)),
                ("active", models.BooleanField(default=True)),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("active", True)), fields=("active",), name="one_active_signing_key"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("active", True), ("retired_at__isnull", True)),
                            models.Q(("active", False), ("retired_at__isnull", False)),
                            _connector="OR",
                        ),
                        name="signing_key_retired_has_time",
                    ),
                ],
            },
        ),
    ]
