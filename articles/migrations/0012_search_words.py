from django.db import migrations, models

from articles import search
from articles.text.folding import fold

# Words are cut and names are folded anew since the last migration: an archive that is there already
# gets its names folded and its index rebuilt, a batch a transaction, which may be run again.

_BATCH = 2_000
_FOLDED = ("PlaceName", "PersonName", "OrganisationName", "Mention")


def fold_names(apps, schema_editor):
    alias = schema_editor.connection.alias
    for name in _FOLDED:
        model = apps.get_model("articles", name)
        longest = model._meta.get_field("folded").max_length
        rows = model._base_manager.using(alias).exclude(folded="").order_by("pk")
        last = 0
        while batch := list(rows.filter(pk__gt=last).only("folded")[:_BATCH]):
            last = batch[-1].pk
            changed = []
            for row in batch:
                folded = fold(row.folded)[:longest]
                if folded != row.folded:
                    row.folded = folded
                    changed.append(row)
            if changed:
                model._base_manager.using(alias).bulk_update(changed, ["folded"])


def rebuild(apps, schema_editor):
    if apps.get_model("articles", "Article").objects.using(schema_editor.connection.alias).exists():
        search.rebuild()


class Migration(migrations.Migration):
    atomic = False

    dependencies = [("articles", "0011_purges_and_facets")]

    operations = [
        migrations.CreateModel(
            name="SearchWord",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("word", models.CharField(max_length=40)),
                ("language", models.CharField(help_text="A primary language tag, such as en.", max_length=8)),
                ("stem", models.CharField(max_length=40)),
                ("skeleton", models.CharField(max_length=40)),
            ],
            options={
                "default_permissions": (),
                "indexes": [
                    models.Index(fields=["stem", "language", "word"], name="search_word_by_stem"),
                    models.Index(fields=["skeleton", "word"], name="search_word_by_skeleton"),
                ],
                "constraints": [models.UniqueConstraint(fields=("word", "language"), name="search_word_once")],
            },
        ),
        migrations.RunPython(fold_names, migrations.RunPython.noop),
        migrations.RunPython(rebuild, migrations.RunPython.noop),
    ]
