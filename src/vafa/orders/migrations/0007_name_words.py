"""Names are searched by how their words begin, from an index; before, every recipient was read."""

import django.db.models.deletion
from django.db import migrations, models

from vafa.orders.names import words_of

AT_ONCE = 2000


def take_apart(apps, schema_editor):
    Recipient, NameWord = apps.get_model("orders", "Recipient"), apps.get_model("orders", "NameWord")
    waiting = []
    for number, name in Recipient.objects.order_by("pk").values_list("pk", "name").iterator(AT_ONCE):
        waiting += [NameWord(recipient_id=number, word=word) for word in words_of(name)]
        if len(waiting) >= AT_ONCE:
            NameWord.objects.bulk_create(waiting)
            waiting = []
    NameWord.objects.bulk_create(waiting)


class Migration(migrations.Migration):

    dependencies = [
        ('orders', '0006_opinions'),
    ]

    operations = [
        migrations.CreateModel(
            name='NameWord',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('word', models.BinaryField(max_length=320)),
                ('recipient', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='words', to='orders.recipient')),
            ],
            options={
                'indexes': [models.Index(fields=['word', 'recipient'], name='name_word_begins')],
                'constraints': [models.UniqueConstraint(fields=('recipient', 'word'), name='name_word_once')],
            },
        ),
        migrations.RunPython(take_apart, migrations.RunPython.noop),
        migrations.RemoveField(
            model_name='recipient',
            name='folded',
        ),
    ]
