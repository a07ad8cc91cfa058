from django.db import migrations, models
from django.db.models import OuterRef, Subquery


def fill(apps, schema_editor):
    """Their hour was the article's, as far as is known."""
    article = apps.get_model("articles", "Article").objects.filter(pk=OuterRef("article"))
    revisions = apps.get_model("articles", "Revision").objects.filter(was_public=True)
    revisions.update(public_from=Subquery(article.values("public_from")[:1]))


class Migration(migrations.Migration):
    dependencies = [("articles", "0002_search_index")]

    operations = [
        migrations.AddField(
            model_name="revision",
            name="public_from",
            field=models.DateTimeField(
                null=True,
                help_text="The article's hour, as this version set it; readers never see one "
                "without.",
            ),
        ),
        migrations.RunPython(fill, migrations.RunPython.noop),
        migrations.RemoveField(model_name="revision", name="was_public"),
    ]
