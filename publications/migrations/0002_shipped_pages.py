from django.db import migrations

from publications.shipped import PAGES


def add(apps, schema_editor):
    Page = apps.get_model("publications", "Page")
    for slug, title, section, position, summary, body, takes_feedback in PAGES:
        Page.objects.get_or_create(
            slug=slug,
            defaults={
                "title": title,
                "section": section,
                "position": position,
                "summary": summary,
                "body": body.strip(),
                "takes_feedback": takes_feedback,
            },
        )


class Migration(migrations.Migration):
    dependencies = [("publications", "0001_initial")]
    operations = [migrations.RunPython(add, migrations.RunPython.noop)]
