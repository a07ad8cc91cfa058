"""Two editors with the same article open: nothing that either of them saved is ever lost."""

from collections.abc import Callable
from typing import Any

import pytest
from django.contrib import admin
from django.contrib.auth.models import User
from django.http import QueryDict
from django.test import Client, RequestFactory
from django.urls import reverse
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase
from lxml import html

from articles import editing
from articles.admin.article import conflict
from articles.admin.article.page import ArticleAdmin
from articles.models import Article, MentionState, Revision, Status
from tests.factories import (
    make_article,
    make_mention,
    make_place,
    make_section,
    make_staff,
    make_tag,
)

FilledIn = Callable[[str], dict[str, Any]]


def page_of(article: Article) -> str:
    return reverse("admin:articles_article_change", args=[article.pk])


def save(client: Client, article: Article, data: dict[str, Any], **changes: Any) -> Any:
    return client.post(page_of(article), data | changes | {"_save": "Save"})


def choose(page: Any, **choices: str) -> dict[str, Any]:
    """The form of the page with two versions, sent with these choices."""
    document: Any = html.fromstring(page.content)
    form = next(form for form in document.forms if form.get("id") == "versions")
    data: dict[str, Any] = {}
    for name, value in form.form_values():
        data.setdefault(name, []).append(value)
    return data | {f"choice-{name}": choice for name, choice in choices.items()}


@pytest.mark.django_db
class TestTheSecondSave:
    @pytest.fixture
    def article(self) -> Article:
        article = make_article(
            "Port opens", summary="A port.", paragraphs=["Ships came.", "They left."]
        )
        editing.record([article])
        return article

    @pytest.fixture
    def ann(self) -> Client:
        client = Client()
        client.force_login(make_staff(username="ann"))
        return client

    def test_shows_both_versions_and_takes_what_is_chosen_field_by_field(
        self, desk: Client, ann: Client, filled_in: FilledIn, article: Article
    ) -> None:
        opened = filled_in(page_of(article))
        save(ann, article, opened, headline="Gwadar port opens", summary="Ann's.")

        page = save(desk, article, opened, headline="New port opens", summary="Mine.")

        assert page.status_code == 409
        article.refresh_from_db()
        assert article.headline == "Gwadar port opens"
        shown = {each.name: each.choice for each in page.context_data["differences"]}
        assert shown == {"headline": "", "summary": ""}
        text = page.content.decode()
        assert "<b>ann</b> saved this article" in text
        assert "<del>Gwadar</del>" in text
        assert "<ins>New</ins>" in text

        answer = desk.post(page_of(article), choose(page, headline="mine", summary="theirs"))

        assert answer.status_code == 302
        article.refresh_from_db()
        assert (article.headline, article.summary) == ("New port opens", "Ann's.")
        kept = [revision.snapshot["headline"] for revision in article.revisions.all()]
        assert kept == ["New port opens", "Gwadar port opens", "Port opens"]

    def test_proposes_what_only_one_of_them_changed(
        self, desk: Client, ann: Client, filled_in: FilledIn, article: Article
    ) -> None:
        opened = filled_in(page_of(article))
        section, tag = make_section("Ports"), make_tag("ships")
        body = "<p>Ships came at dawn.</p><p>They left.</p>"
        save(ann, article, opened, section=str(section.pk), body=body, tags=[str(tag.pk)])

        page = save(desk, article, opened, headline="New port opens")

        shown = {each.name: each.choice for each in page.context_data["differences"]}
        assert shown == {
            "headline": "mine", "section": "theirs", "body": "theirs", "tags": "theirs"
        }  # fmt: skip
        desk.post(page_of(article), choose(page))
        article.refresh_from_db()
        assert (article.headline, article.section) == ("New port opens", section)
        assert "at dawn" in article.body
        assert list(article.tags.names()) == ["ships"]

    def test_asks_again_when_a_third_save_came_between(
        self, desk: Client, ann: Client, filled_in: FilledIn, article: Article
    ) -> None:
        opened = filled_in(page_of(article))
        save(ann, article, opened, headline="First")
        page = save(desk, article, opened, headline="Second")
        save(ann, article, filled_in(page_of(article)), headline="Third")

        again = desk.post(page_of(article), choose(page, headline="mine"))

        assert again.status_code == 409
        article.refresh_from_db()
        assert article.headline == "Third"

    def test_publishes_what_was_chosen_when_that_was_the_button(
        self, desk: Client, ann: Client, filled_in: FilledIn
    ) -> None:
        article = make_article("A draft", published=None)
        editing.record([article])
        opened = filled_in(page_of(article))
        save(ann, article, opened, summary="Ann's.")

        page = desk.post(page_of(article), opened | {"headline": "Mine", "_publish": "Publish"})
        desk.post(page_of(article), choose(page))

        article.refresh_from_db()
        assert (article.status, article.headline, article.summary) == (
            Status.PUBLISHED,
            "Mine",
            "Ann's.",
        )

    def test_leaves_alone_what_a_colleague_decided_about_a_mention(
        self, desk: Client, ann: Client, filled_in: FilledIn, article: Article
    ) -> None:
        mention = make_mention(article, make_place("Tank"), state=MentionState.SUGGESTED)
        opened = filled_in(page_of(article))
        save(ann, article, opened, **{"mentions-0-state": "confirmed"})

        assert save(desk, article, opened, headline="Another").status_code == 302

        mention.refresh_from_db()
        assert mention.state == MentionState.CONFIRMED

    def test_passes_over_a_mention_that_is_gone(
        self, desk: Client, filled_in: FilledIn, article: Article
    ) -> None:
        make_mention(article, make_place("Tank"), state=MentionState.LINKED)
        opened = filled_in(page_of(article))
        article.mentions.all().delete()

        assert save(desk, article, opened, headline="Another").status_code == 302

    def test_that_changes_nothing_of_the_others_is_not_asked(
        self, desk: Client, filled_in: FilledIn, article: Article
    ) -> None:
        opened = filled_in(page_of(article))
        editing.deindex(article, by=None)

        assert save(desk, article, opened, headline="Another").status_code == 302
        article.refresh_from_db()
        assert article.deindexed_at is not None


TEXTS = ("headline", "summary", "body")
STEPS = st.lists(
    st.tuples(
        st.sampled_from(["ann", "bob"]),
        st.one_of(
            st.tuples(st.just("open")),
            st.tuples(st.just("type"), st.sampled_from(TEXTS)),
            st.tuples(st.just("save"), st.sampled_from(["mine", "theirs"])),
        ),
    ),
    min_size=4,
    max_size=12,
)


class TestInterleavings(TestCase):
    """Any order in which two editors open, type and save."""

    @settings(max_examples=200, suppress_health_check=list(HealthCheck), deadline=None)
    @given(STEPS)
    def test_no_text_that_was_saved_is_ever_lost(self, steps: Any) -> None:
        article = make_article(
            "Headline of the start", published=None, summary="Start.", paragraphs=["Began so."]
        )
        editing.record([article])
        editors = {name: _Editor(name, article) for name in ("ann", "bob")}
        saved: list[tuple[str, str]] = []
        for number, (name, (step, *details)) in enumerate(steps):
            editor = editors[name]
            if step == "open":
                editor.open()
            elif step == "type":
                editor.type(details[0], f"{name.title()} wrote text {number} here")
            else:
                saved += editor.save(details[0])
        present = _words(Article.objects.get(pk=article.pk))
        record = [revision.snapshot for revision in Revision.objects.filter(article=article)]
        for field, text in saved:
            assert any(text in snapshot[field] for snapshot in record), (field, text)
        assert all(text in record[0][field] for field, text in present.items())


class _Editor:
    """Somebody with a browser."""

    def __init__(self, name: str, article: Article) -> None:
        self.by = User.objects.create_superuser(f"{name}-{article.pk}")
        self.article = article
        request = RequestFactory().get("/")
        request.user = self.by
        self._request = request
        self._form = ArticleAdmin(Article, admin.site).get_form(request, article, change=True)
        self.open()

    def open(self) -> None:
        form = self._form(instance=Article.objects.get(pk=self.article.pk))
        self.sent: dict[str, list[str]] = {"based_on": [str(form.instance.revision)]}
        for name in form.shared_fields():
            for part, value in conflict._pairs(form, name):
                self.sent.setdefault(part, []).append(value)
                self.sent.setdefault(f"initial-{part}", []).append(value)
        self.typed: dict[str, str] = {}

    def type(self, field: str, text: str) -> None:
        self.sent[field] = [f"<p>{text}</p>" if field == "body" else text]
        self.typed[field] = text

    def save(self, choice: str) -> list[tuple[str, str]]:
        """Presses the button, chooses the same version everywhere when there are two, and tells
        which of the typed texts are then the article's."""
        before = _words(Article.objects.get(pk=self.article.pk))
        asked: set[str] = set()
        form = self._bound(self.sent)
        if not form.is_valid():
            assert not form.errors, form.errors
            page: Any = conflict.page(self._request, form)
            assert page.status_code == 409
            answer: dict[str, list[str]] = {}
            for name, value in page.context_data["sent_back"]:
                answer.setdefault(name, []).append(value)
            for each in page.context_data["differences"]:
                answer[f"choice-{each.name}"] = [each.choice or choice]
                if not each.choice:
                    asked.add(each.name)
            form = self._bound(answer)
            assert form.is_valid(), form.errors
        article = form.save(commit=False)
        editing.save(article, by=self.by)
        after = _words(Article.objects.get(pk=self.article.pk))
        for field in TEXTS:
            is_mine = self.typed.get(field) == after[field]
            # What this editor did not type, or did not choose, is what it was.
            assert is_mine or after[field] == before[field]
            assert not (field in asked and choice == "theirs") or after[field] == before[field]
        kept = [(field, text) for field, text in self.typed.items() if after[field] == text]
        self.open()
        return kept

    def _bound(self, sent: dict[str, list[str]]) -> Any:
        data = QueryDict(mutable=True)
        for name, values in sent.items():
            data.setlist(name, values)
        return self._form(data, instance=Article.objects.get(pk=self.article.pk))


def _words(article: Article) -> dict[str, str]:
    document: Any = html.fromstring(article.body) if article.body else None
    body = "" if document is None else document.text_content()
    return {"headline": article.headline, "summary": article.summary, "body": body}
