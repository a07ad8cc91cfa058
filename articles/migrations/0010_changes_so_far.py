from django.db import migrations
from django.utils import timezone

from articles.editing.roles import ROLES

# Whoever begins to keep a copy now gets what is public, oldest first, and what was withdrawn; what
# is scheduled waits for its time. In one statement each: a million articles take some seconds.
_PUBLIC = """
    INSERT INTO articles_change (position, settled_at, kind, at, article_id, path, former_path)
    SELECT row_number() OVER (ORDER BY public_from, id), %s, 'published', public_from, id, path, ''
    FROM articles_article
    WHERE public_from <= %s AND deindexed_at IS NULL
    ORDER BY public_from, id
"""
_SCHEDULED = """
    INSERT INTO articles_change (kind, at, article_id, path, former_path)
    SELECT 'published', public_from, id, path, ''
    FROM articles_article
    WHERE public_from > %s AND deindexed_at IS NULL
    ORDER BY public_from, id
"""
_WITHDRAWN = """
    INSERT INTO articles_change (kind, at, article_id, path, former_path)
    SELECT 'withdrawn', updated_at, id, path, ''
    FROM articles_article
    WHERE status = 'withdrawn' AND path IS NOT NULL
    ORDER BY updated_at, id
"""


def note_what_is_public(apps, schema_editor):
    now = schema_editor.connection.ops.adapt_datetimefield_value(timezone.now())
    with schema_editor.connection.cursor() as cursor:
        cursor.execute(_PUBLIC, [now, now])
        cursor.execute(_SCHEDULED, [now])
        cursor.execute(_WITHDRAWN)


def forget(apps, schema_editor):
    apps.get_model("articles", "Change").objects.using(schema_editor.connection.alias).all().delete()


def make_roles(apps, schema_editor):
    """The permissions that this version brings, for the groups that shall have them."""
    ContentType = apps.get_model("contenttypes", "ContentType")
    Permission = apps.get_model("auth", "Permission")
    Group = apps.get_model("auth", "Group")
    alias = schema_editor.connection.alias
    for name in ("apikey", "webhook", "webhookdelivery"):
        options = apps.get_model("articles", name)._meta
        content_type, _ = ContentType.objects.using(alias).get_or_create(
            app_label="articles", model=options.model_name
        )
        for verb in options.default_permissions:
            codename = f"{verb}_{name}"
            permission, _ = Permission.objects.using(alias).get_or_create(
                content_type=content_type,
                codename=codename,
                defaults={"name": f"Can {verb} {options.verbose_name_raw}"},
            )
            groups = [role for role, codenames in ROLES.items() if codename in codenames]
            for group in Group.objects.using(alias).filter(name__in=groups):
                group.permissions.add(permission)


class Migration(migrations.Migration):
    dependencies = [("articles", "0009_api_and_changes")]

    operations = [
        migrations.RunPython(note_what_is_public, forget),
        migrations.RunPython(make_roles, migrations.RunPython.noop),
    ]
