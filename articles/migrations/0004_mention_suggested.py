from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("articles", "0003_revision_public_from")]

    operations = [
        migrations.AddIndex(
            model_name="mention",
            index=models.Index(
                fields=["article"],
                condition=models.Q(state="suggested"),
                name="mention_suggested",
            ),
        ),
    ]
