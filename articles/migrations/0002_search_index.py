from django.db import migrations

from articles.search.index.backends import backend_of

# The index is derived from the articles: this creates it in its present form, and
# "manage.py rebuild_search" fills it again after a later migration has changed that form.


def create(apps, schema_editor):
    backend_of(schema_editor.connection).create(schema_editor.connection)


def drop(apps, schema_editor):
    backend_of(schema_editor.connection).drop(schema_editor.connection)


class Migration(migrations.Migration):
    dependencies = [("articles", "0001_initial")]

    operations = [migrations.RunPython(create, drop)]
