from collections import Counter
from itertools import islice

from django.db import migrations, models
from django.db.models import Q, Sum
from django.utils import timezone

from articles.editing.roles import ROLES
from articles.text.folding import fold

# So many rows are read, and written, at a time.
_BATCH = 5_000
_LONGEST = 200

# As they were when this was written.
_PLACE_ITSELF, _DATELINE_ITSELF = 8, 9


def count_lists(apps, schema_editor):
    """How many articles each list has."""
    alias = schema_editor.connection.alias
    ListingCount = apps.get_model("articles", "ListingCount")
    ListingTotal = apps.get_model("articles", "ListingTotal")
    totals = (
        ListingCount.objects.using(alias)
        .order_by("kind", "key")
        .values_list("kind", "key")
        .annotate(count=Sum("count"))
    )
    _insert(
        ListingTotal.objects.using(alias),
        (
            ListingTotal(kind=kind, key=key, count=count)
            for kind, key, count in totals.iterator(chunk_size=_BATCH)
            if count
        ),
    )


def list_places_by_themselves(apps, schema_editor):
    """The lists of what is about, or was filed from, a place and not only places inside it."""
    alias = schema_editor.connection.alias
    Article = apps.get_model("articles", "Article")
    Mention = apps.get_model("articles", "Mention")
    public = Q(public_from__isnull=False)
    newest = Article.objects.using(alias).order_by("-pk").values_list("pk", flat=True).first() or 0
    counts: Counter[tuple[int, int, int]] = Counter()
    for start in range(0, newest, _BATCH):
        ids = Q(pk__gt=start, pk__lte=start + _BATCH)
        filed = (
            Article.objects.using(alias)
            .filter(ids, public, dateline_place__isnull=False)
            .values_list("pk", "dateline_place", "public_from")
        )
        about = (
            Mention.objects.using(alias)
            .filter(
                article__gt=start,
                article__lte=start + _BATCH,
                article__public_from__isnull=False,
                kind="place",
                state__in=["linked", "confirmed"],
            )
            .exclude(role="filed_from")
            .order_by("article", "place")
            .values_list("article", "place", "article__public_from")
            .distinct()
        )
        _list(apps, alias, counts, _DATELINE_ITSELF, filed)
        _list(apps, alias, counts, _PLACE_ITSELF, about)
    for model in ("ListingCount", "ListingTotal"):
        _count(apps.get_model("articles", model).objects.using(alias), counts)


def _list(apps, alias, counts, kind, rows):
    ListingEntry = apps.get_model("articles", "ListingEntry")
    entries = []
    for article, key, moment in rows:
        local = timezone.localtime(moment)
        counts[kind, key, local.year * 100 + local.month] += 1
        entries.append(ListingEntry(kind=kind, key=key, public_from=moment, article_id=article))
    ListingEntry.objects.using(alias).bulk_create(entries, batch_size=_BATCH)


def _count(rows, counts):
    """Write the counts per month, or if the table has no months the sums of them."""
    if any(field.name == "month" for field in rows.model._meta.get_fields()):
        of_months = counts.items()
        _insert(
            rows,
            (
                rows.model(kind=kind, key=key, month=month, count=count)
                for (kind, key, month), count in of_months
            ),
        )
        return
    totals: Counter[tuple[int, int]] = Counter()
    for (kind, key, _), count in counts.items():
        totals[kind, key] += count
    _insert(
        rows,
        (rows.model(kind=kind, key=key, count=count) for (kind, key), count in totals.items()),
    )


def _insert(rows, instances):
    instances = iter(instances)
    while batch := list(islice(instances, _BATCH)):
        rows.bulk_create(batch)


def forget_totals(apps, schema_editor):
    ListingTotal = apps.get_model("articles", "ListingTotal")
    ListingTotal.objects.using(schema_editor.connection.alias).all().delete()


def unlist_places_by_themselves(apps, schema_editor):
    alias = schema_editor.connection.alias
    for model in ("ListingEntry", "ListingCount"):
        rows = apps.get_model("articles", model).objects.using(alias)
        rows.filter(kind__in=[_PLACE_ITSELF, _DATELINE_ITSELF]).delete()


def fold_suggestions(apps, schema_editor):
    """The words of what waits for an editor, by which it is grouped."""
    Mention = apps.get_model("articles", "Mention")
    mentions = Mention.objects.using(schema_editor.connection.alias)
    last = 0
    while batch := list(
        mentions.filter(pk__gt=last, state="suggested").order_by("pk").only("quote")[:_BATCH]
    ):
        for mention in batch:
            mention.folded = fold(mention.quote)[:_LONGEST]
        mentions.bulk_update(batch, ["folded"], batch_size=500)
        last = batch[-1].pk


def leave_each_wikidata_number_once(apps, schema_editor):
    """Of several entries of a kind that claim one item, the first keeps it."""
    for model in ("Place", "Person", "Organisation"):
        rows = apps.get_model("articles", model).objects.using(schema_editor.connection.alias)
        claimed = rows.exclude(wikidata_id="")
        first = (
            claimed.order_by()
            .values("wikidata_id")
            .annotate(first=models.Min("pk"))
            .values("first")
        )
        claimed.exclude(pk__in=list(first.values_list("first", flat=True))).update(wikidata_id="")


def forget_half_a_position(apps, schema_editor):
    """A latitude without a longitude is nowhere."""
    Place = apps.get_model("articles", "Place")
    places = Place.objects.using(schema_editor.connection.alias)
    half = Q(latitude__isnull=True) ^ Q(longitude__isnull=True)
    places.filter(half).update(latitude=None, longitude=None)


def make_roles(apps, schema_editor):
    """The permissions that this version brings, for the groups that shall have them."""
    ContentType = apps.get_model("contenttypes", "ContentType")
    Permission = apps.get_model("auth", "Permission")
    Group = apps.get_model("auth", "Group")
    alias = schema_editor.connection.alias
    for name in ("merge", "linkingrun"):
        options = apps.get_model("articles", name)._meta
        content_type, _ = ContentType.objects.using(alias).get_or_create(
            app_label="articles", model=options.model_name
        )
        wanted = [
            *((f"{verb}_{name}", f"Can {verb} {options.verbose_name_raw}")
              for verb in options.default_permissions),
            *options.permissions,
        ]  # fmt: skip
        for codename, label in wanted:
            permission, _ = Permission.objects.using(alias).get_or_create(
                content_type=content_type, codename=codename, defaults={"name": label}
            )
            groups = [role for role, codenames in ROLES.items() if codename in codenames]
            for group in Group.objects.using(alias).filter(name__in=groups):
                group.permissions.add(permission)


class Migration(migrations.Migration):
    dependencies = [("articles", "0007_vocabulary")]

    operations = [
        migrations.RunPython(count_lists, forget_totals),
        migrations.RunPython(list_places_by_themselves, unlist_places_by_themselves),
        migrations.RunPython(fold_suggestions, migrations.RunPython.noop),
        migrations.RunPython(make_roles, migrations.RunPython.noop),
        migrations.RunPython(leave_each_wikidata_number_once, migrations.RunPython.noop),
        migrations.RunPython(forget_half_a_position, migrations.RunPython.noop),
        migrations.RemoveConstraint(model_name="place", name="place_on_earth"),
        migrations.AddConstraint(
            model_name="place",
            constraint=models.CheckConstraint(
                condition=Q(latitude__isnull=True, longitude__isnull=True)
                | Q(
                    latitude__isnull=False,
                    longitude__isnull=False,
                    latitude__range=(-90, 90),
                    longitude__range=(-180, 180),
                ),
                name="place_on_earth",
                violation_error_message="Give both latitude (-90 to 90) and longitude "
                "(-180 to 180), or neither.",
            ),
        ),
        migrations.AddConstraint(
            model_name="organisation",
            constraint=models.UniqueConstraint(
                condition=models.Q(("wikidata_id", ""), _negated=True),
                fields=("wikidata_id",),
                name="organisation_wikidata_once",
                violation_error_message="Another organisation has this Wikidata number.",
            ),
        ),
        migrations.AddConstraint(
            model_name="person",
            constraint=models.UniqueConstraint(
                condition=models.Q(("wikidata_id", ""), _negated=True),
                fields=("wikidata_id",),
                name="person_wikidata_once",
                violation_error_message="Another person has this Wikidata number.",
            ),
        ),
        migrations.AddConstraint(
            model_name="place",
            constraint=models.UniqueConstraint(
                condition=models.Q(("wikidata_id", ""), _negated=True),
                fields=("wikidata_id",),
                name="place_wikidata_once",
                violation_error_message="Another place has this Wikidata number.",
            ),
        ),
    ]
