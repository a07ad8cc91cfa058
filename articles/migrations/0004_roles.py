from django.db import migrations
from django.db.models import Q

from articles.editing.roles import ROLES

# Django makes permissions only after the last migration has run; the groups need them now, and
# it will find them made.


def make_roles(apps, schema_editor):
    ContentType = apps.get_model("contenttypes", "ContentType")
    Permission = apps.get_model("auth", "Permission")
    Group = apps.get_model("auth", "Group")
    database = schema_editor.connection.alias
    for app, models in (("articles", apps.get_app_config("articles").get_models()),
                        ("auth", apps.get_app_config("auth").get_models())):
        for model in models:
            options = model._meta
            content_type, _ = ContentType.objects.using(database).get_or_create(
                app_label=app, model=options.model_name
            )
            wanted = [
                *((f"{verb}_{options.model_name}", f"Can {verb} {options.verbose_name_raw}")
                  for verb in options.default_permissions),
                *options.permissions,
            ]
            present = set(
                Permission.objects.using(database)
                .filter(content_type=content_type)
                .values_list("codename", flat=True)
            )
            Permission.objects.using(database).bulk_create(
                Permission(content_type=content_type, codename=codename, name=name[:255])
                for codename, name in wanted
                if codename not in present
            )
    for name, codenames in ROLES.items():
        group, _ = Group.objects.using(database).get_or_create(name=name)
        group.permissions.set(
            Permission.objects.using(database).filter(
                Q(content_type__app_label="articles") | Q(content_type__app_label="auth"),
                codename__in=codenames,
            )
        )


def remove_roles(apps, schema_editor):
    Group = apps.get_model("auth", "Group")
    Group.objects.using(schema_editor.connection.alias).filter(name__in=ROLES).delete()


class Migration(migrations.Migration):
    dependencies = [
        ("articles", "0003_editors_desk"),
        ("auth", "0012_alter_user_first_name_max_length"),
        ("contenttypes", "0002_remove_content_type_name"),
    ]

    operations = [migrations.RunPython(make_roles, remove_roles)]
