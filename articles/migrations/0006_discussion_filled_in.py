from django.db import migrations
from django.db.models import BigIntegerField, Count, Exists, F, OuterRef, Q, Subquery
from django.db.models.functions import Cast, Coalesce, Substr

from articles.editing.roles import ROLES

# So many rows are changed in one statement.
_BATCH = 10_000
_DIGITS = 12


def fill_in_threads(apps, schema_editor):
    """The first comment of each thread and how many approved ones the thread has."""
    Comment = apps.get_model("articles", "Comment")
    comments = Comment.objects.using(schema_editor.connection.alias)
    newest = comments.order_by("-pk").values_list("pk", flat=True).first() or 0
    for start in range(0, newest + 1, _BATCH):
        batch = comments.filter(pk__gt=start, pk__lte=start + _BATCH)
        first = Cast(Substr("path", 1, _DIGITS), BigIntegerField())
        batch.exclude(path="").update(root_id=first)
    orphans = comments.filter(~Exists(comments.filter(pk=OuterRef("root_id"))))
    for comment in orphans.order_by("path").iterator():
        _adopt(comments, comment)
    size = (
        comments.filter(root_id=OuterRef("pk"), state="approved")
        .order_by()
        .values("root_id")
        .annotate(number=Count("pk"))
        .values("number")
    )
    for start in range(0, newest + 1, _BATCH):
        roots = comments.filter(pk__gt=start, pk__lte=start + _BATCH, root_id=F("pk"))
        roots.update(thread_size=Coalesce(Subquery(size), 0))


def _adopt(comments, comment):
    """Moves a comment whose thread lost its first one to where the rest of it is."""
    ids = [int(comment.path[at : at + _DIGITS]) for at in range(0, len(comment.path), _DIGITS)]
    present = set(comments.filter(pk__in=ids).values_list("pk", flat=True)) | {comment.pk}
    kept = [pk for pk in ids if pk in present] or [comment.pk]
    path = "".join(f"{pk:0{_DIGITS}d}" for pk in kept)
    comments.filter(pk=comment.pk).update(path=path, depth=len(kept) - 1, root_id=kept[0])


def fill_in_badges(apps, schema_editor):
    """Whoever of the newsroom wrote a comment was signed in."""
    Comment = apps.get_model("articles", "Comment")
    comments = Comment.objects.using(schema_editor.connection.alias)
    comments.filter(user__isnull=False).update(badge="staff")


def fill_in_counts(apps, schema_editor):
    """How many comments of each article are in each state."""
    alias = schema_editor.connection.alias
    Comment = apps.get_model("articles", "Comment")
    CommentCount = apps.get_model("articles", "CommentCount")
    counted = (
        Comment.objects.using(alias)
        .order_by("article_id", "state")
        .values_list("article_id", "state")
        .annotate(number=Count("pk"))
    )
    batch = []
    for article_id, state, number in counted.iterator():
        batch.append(CommentCount(article_id=article_id, state=state, number=number))
        if len(batch) == _BATCH:
            CommentCount.objects.using(alias).bulk_create(batch)
            batch = []
    CommentCount.objects.using(alias).bulk_create(batch)


def make_roles(apps, schema_editor):
    """The permissions that this version brings, for the groups that shall have them."""
    ContentType = apps.get_model("contenttypes", "ContentType")
    Permission = apps.get_model("auth", "Permission")
    Group = apps.get_model("auth", "Group")
    alias = schema_editor.connection.alias
    for model in apps.get_app_config("articles").get_models():
        options = model._meta
        content_type, _ = ContentType.objects.using(alias).get_or_create(
            app_label="articles", model=options.model_name
        )
        wanted = [
            *((f"{verb}_{options.model_name}", f"Can {verb} {options.verbose_name_raw}")
              for verb in options.default_permissions),
            *options.permissions,
        ]
        for codename, name in wanted:
            Permission.objects.using(alias).get_or_create(
                content_type=content_type, codename=codename, defaults={"name": name[:255]}
            )
    for name, codenames in ROLES.items():
        group, _ = Group.objects.using(alias).get_or_create(name=name)
        group.permissions.add(
            *Permission.objects.using(alias).filter(
                Q(content_type__app_label="articles") | Q(content_type__app_label="auth"),
                codename__in=codenames,
            )
        )


class Migration(migrations.Migration):
    dependencies = [("articles", "0005_discussion")]

    operations = [
        migrations.RunPython(fill_in_threads, migrations.RunPython.noop),
        migrations.RunPython(fill_in_badges, migrations.RunPython.noop),
        migrations.RunPython(fill_in_counts, migrations.RunPython.noop),
        migrations.RunPython(make_roles, migrations.RunPython.noop),
    ]
