"""`manage.py link_entities`: the archive over again."""

from datetime import UTC, datetime
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from articles.editing import stale
from articles.models import LinkingRun, Mention, Person, Place, StaleArticle
from articles.relinking import again, runs
from tests.factories import make_person, make_place
from tests.relinking.world import make_balochistan, shown, write_about
from tests.search.archive import publish

pytestmark = pytest.mark.django_db


@pytest.fixture
def nushki() -> Place:
    return make_place("Nushki", make_balochistan(), names=["Noshki"])


@pytest.fixture(autouse=True)
def _small_batches(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("articles.relinking.candidates.BATCH", 2)


def said(*arguments: str) -> str:
    out = StringIO()
    call_command("link_entities", *arguments, stdout=out, stderr=StringIO())
    return out.getvalue().strip()


def interrupt_after(monkeypatch: pytest.MonkeyPatch, batches: int) -> None:
    link_again = again.link_again
    numbers = iter(range(1, 1000))

    def link(*args: object) -> object:
        if next(numbers) > batches:
            raise KeyboardInterrupt
        return link_again(*args)  # type: ignore[arg-type]

    monkeypatch.setattr(runs, "link_again", link)


def test_the_whole_archive(nushki: Place):
    articles = write_about("Nushki", 3)
    assert said() == "3 of 3 articles changed."
    assert all(shown(article) == {"Nushki", "Balochistan"} for article in articles)
    assert said() == "0 of 3 articles changed."


def test_a_dry_run_says_how_many_and_writes_nothing(nushki: Place):
    write_about("Nushki", 3)
    publish("Elsewhere", paragraphs=["Rain."])
    assert said("--dry-run") == "3 of 4 articles would change. Nothing was written."
    assert said("--dry-run", "--place", nushki.slug) == (
        "3 of 3 articles would change. Nothing was written."
    )
    assert not Mention.objects.exists()
    assert not LinkingRun.objects.exists()


def test_one_entity_by_all_its_names(nushki: Place):
    (first,), (second,) = write_about("Nushki"), write_about("Noshki")
    assert said("--place", nushki.slug) == "2 of 2 articles changed."
    assert shown(first) == shown(second) == {"Nushki"}


def test_only_what_was_published_since_a_day(nushki: Place):
    text = ["Rain.", "Snow.", "Nushki, Balochistan."]
    publish("Old", published=datetime(2019, 12, 31, 12, tzinfo=UTC), paragraphs=text)
    publish("New", published=datetime(2020, 1, 1, 12, tzinfo=UTC), paragraphs=text)
    assert said("--since", "2020-01-01") == "1 of 1 article changed."


def test_what_was_interrupted_goes_on_where_it_was(nushki: Place, monkeypatch: pytest.MonkeyPatch):
    articles = write_about("Nushki", 5)
    with monkeypatch.context() as patch:
        interrupt_after(patch, 1)
        with pytest.raises(CommandError, match=r"after 2 of 5 articles. The same command goes on"):
            said()
    assert [bool(shown(article)) for article in articles] == [True, True, False, False, False]
    assert said() == "5 of 5 articles changed."
    assert LinkingRun.objects.count() == 1


def test_again_begins_from_the_first(nushki: Place, monkeypatch: pytest.MonkeyPatch):
    write_about("Nushki", 5)
    with monkeypatch.context() as patch:
        interrupt_after(patch, 1)
        with pytest.raises(CommandError):
            said()
    assert said("--again") == "3 of 5 articles changed."
    assert not LinkingRun.objects.filter(finished_at=None).exists()


def test_lists_and_search_of_what_waited_are_brought_up_to_date():
    person = make_person("Sana Mir")
    article = publish("Cricket", about=[person])
    Person.objects.filter(pk=person.pk).update(name="Sana Meer")
    stale.mark([article.pk])
    said()
    assert not StaleArticle.objects.exists()


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["--place", "atlantis"], "--place: none has the slug “atlantis”"),
        (["--since", "soon"], "“soon” is no day"),
        (["--since", "2020-01-01", "--place", "nushki"], "not allowed with"),
    ],
)
def test_what_it_cannot_do_it_says(nushki: Place, arguments: list[str], message: str):
    with pytest.raises(CommandError, match=message):
        said(*arguments)


def test_an_entity_that_was_merged_is_not_linked(nushki: Place):
    Place.objects.filter(pk=nushki.pk).update(merged_into=nushki.parent)
    with pytest.raises(CommandError, match="merged into Balochistan"):
        said("--place", nushki.slug)
