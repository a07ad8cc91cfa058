"""Gives a synthetic archive a desk at work: ``python -m benchmarks.busy_desk``, once.

Drafts of a few people, some of them in review or scheduled, some left lying; what machines
suggest; comments that are held; and the record of all that. A process of its own, since Django is
set up for one database.
"""

from datetime import timedelta
from itertools import cycle, islice

import django

django.setup()

from django.contrib.auth.models import User  # noqa: E402
from django.utils import timezone  # noqa: E402

from articles import editing  # noqa: E402
from articles.editing import addresses  # noqa: E402
from articles.editing.roles import group_of  # noqa: E402
from articles.models import (  # noqa: E402
    Article,
    AuditEntry,
    Comment,
    CommentState,
    Mention,
    MentionState,
    Section,
    Status,
)

EDITOR = "benchmark"
STATUSES = (*[Status.DRAFT] * 7, Status.IN_REVIEW, Status.SCHEDULED, Status.BIN)
DRAFTS, HELD, SUGGESTED, WANTING = 3_000, 5_000, 5_000, 5_000
_BATCH = 500
_BODY = '<p id="p1">' + "A draft of some length, as drafts are. " * 60 + "</p>"


def make() -> None:
    """Make the desk busy, unless it is."""
    if Article.objects.filter(status=Status.IN_REVIEW).exists():
        return
    staff = []
    for name, role in ((EDITOR, "Editor"), ("reporter", "Reporter"), ("colleague", "Editor")):
        account, _ = User.objects.get_or_create(username=name, defaults={"is_staff": True})
        account.groups.add(group_of(role))
        staff.append(account)
    _write_drafts(staff)
    _leave_to_machines()
    newest = Article.objects.public().newest().values_list("pk", flat=True)[:HELD]
    Comment.objects.bulk_create(
        (
            Comment(
                article_id=article,
                state=CommentState.PENDING,
                author_name="A reader",
                author_email="reader@example.org",
                text="What a reader has to say about it. " * 8,
            )
            for article in newest
        ),
        batch_size=_BATCH,
    )


def _write_drafts(staff: list[User]) -> None:
    now, sections = timezone.now(), list(Section.objects.all())
    authors, turns = cycle(staff), cycle([*staff, None])
    drafts = [
        Article(
            headline=f"Tomorrow’s report number {number}",
            slug=f"tomorrow-{number}",
            body=_BODY,
            status=status,
            section=sections[number % len(sections)],
            created_by=next(authors),
            assigned_to=next(turns),
            published_at=now + timedelta(days=number) if status == Status.SCHEDULED else None,
        )
        for number, status in enumerate(islice(cycle(STATUSES), DRAFTS))
    ]
    addresses.allocate([draft for draft in drafts if draft.published_at])
    Article.objects.bulk_create(drafts, batch_size=_BATCH)
    for start in range(0, DRAFTS, _BATCH):
        editing.record(drafts[start : start + _BATCH], actor=EDITOR)
    AuditEntry.objects.note_all(staff[0], "edit", drafts)
    for weeks, draft in enumerate(drafts[::10]):
        Article.objects.filter(pk=draft.pk).update(updated_at=now - timedelta(weeks=weeks))


def _leave_to_machines() -> None:
    newest = Article.objects.public().newest()
    for field in ("headline_is_drawn", "dateline_year_is_guess"):
        chosen = list(newest.values_list("pk", flat=True)[:WANTING])
        Article.objects.filter(pk__in=chosen).update(**{field: True})
    suggested = Mention.objects.order_by("-pk").values_list("pk", flat=True)[:SUGGESTED]
    Mention.objects.filter(pk__in=list(suggested)).update(state=MentionState.SUGGESTED)


if __name__ == "__main__":
    make()
