from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('vafa_messages', '0003_signing_in'),
    ]

    operations = [
        migrations.AddField(
            model_name='message',
            name='only_by',
            field=models.CharField(blank=True, choices=[('email', 'E-mail'), ('sms', 'SMS'), ('telegram', 'Telegram'), ('whatsapp', 'WhatsApp'), ('bale', 'Bale')], default='', max_length=16),
        ),
    ]
