"""What should have been noted and was not is found, and made up for."""

from datetime import timedelta
from io import StringIO

import pytest
from django.contrib.auth.models import User
from django.core.management import call_command
from django.utils import timezone

from articles import changes, editing
from articles.models import Article, Change

pytestmark = pytest.mark.django_db


@pytest.fixture
def article() -> Article:
    editor = User.objects.create_superuser("editor")
    article = Article(headline="Rain in Quetta", body="<p>It rained.</p>")
    editing.save(article, by=editor)
    editing.publish(article, by=editor)
    return article


def mend() -> str:
    out = StringIO()
    call_command("note_changes", stdout=out)
    return out.getvalue()


def test_nothing_lacks_where_the_verbs_were_used(article: Article) -> None:
    assert changes.lacking([article.pk]) == []
    assert mend() == "Noted changes of 0 articles.\n"


@pytest.mark.parametrize(
    ("behind_the_back", "flaw", "kind"),
    [
        ({"deindexed_at": timezone.now()}, "is said to be public, and is not", "removed"),
        ({"path": "/2026/01/01/snow/"}, "and is at /2026/01/01/snow/", "moved"),
        (
            {"embargo_until": timezone.now() + timedelta(days=400)},
            "is not said to become public at its hour",
            "published",
        ),
    ],
)
def test_what_was_changed_behind_the_back_of_the_verbs(
    article: Article, behind_the_back: dict[str, object], flaw: str, kind: str
) -> None:
    Article.objects.filter(pk=article.pk).update(**behind_the_back)
    (lack,) = changes.lacking([article.pk])
    assert lack.flaw.endswith(flaw)
    assert mend() == "Noted changes of 1 article.\n"
    assert Change.objects.order_by("-pk")[0].kind == kind
    assert changes.lacking([article.pk]) == []


def test_what_was_never_noted(article: Article) -> None:
    Change.objects.all().delete()
    (lack,) = changes.lacking([article.pk])
    assert lack.flaw == "is not said to be public"
    mend()
    assert changes.lacking([article.pk]) == []
