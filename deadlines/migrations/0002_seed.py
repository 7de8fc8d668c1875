"""The checked-in register of limits and the bank holidays of 2018 to 2028, as rows."""

from django.db import migrations

from deadlines.bank_holidays import BANK_HOLIDAYS, FIRST_YEAR, LAST_YEAR, SOURCE
from deadlines.models.limits import row_of
from deadlines.statutory import SEED


def seed(apps, schema_editor):
    apps.get_model("deadlines", "Limit").objects.bulk_create(
        apps.get_model("deadlines", "Limit")(**row_of(limit)) for limit in SEED
    )
    bank_holiday = apps.get_model("deadlines", "BankHoliday")
    bank_holiday.objects.bulk_create(
        bank_holiday(date=day, name=name, source=SOURCE) for day, name in BANK_HOLIDAYS.items()
    )
    known_year = apps.get_model("deadlines", "KnownYear")
    known_year.objects.bulk_create(known_year(year=year) for year in range(FIRST_YEAR, LAST_YEAR + 1))


class Migration(migrations.Migration):
    dependencies = [("deadlines", "0001_initial")]

    operations = [migrations.RunPython(seed, migrations.RunPython.noop)]
