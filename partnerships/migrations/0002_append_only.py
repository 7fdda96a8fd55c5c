from django.db import migrations

from partnerships.append_only import refuse_rewriting


class Migration(migrations.Migration):
    dependencies = [("partnerships", "0001_initial")]

    operations = [refuse_rewriting("partnerships", "PartnershipChange")]
