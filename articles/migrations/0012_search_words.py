from django.db import migrations, models


class Migration(migrations.Migration):
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
    ]
