"""The audit log: that what the staff does lands there, and that nobody can change it."""

from collections.abc import Callable
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse

from articles import editing
from articles.models import AppendOnlyError, AuditEntry, Tag
from tests.factories import (
    make_article,
    make_comment,
    make_person,
    make_staff,
    make_tag,
)

pytestmark = pytest.mark.django_db

FilledIn = Callable[[str], dict[str, Any]]
LOG = "/admin/articles/auditentry/"


def entries() -> list[str]:
    """Everything in the log but the sign-ins, oldest first."""
    shown = AuditEntry.objects.exclude(action="sign in").order_by("pk")
    return [f"{entry}{f' ({entry.detail})' if entry.detail else ''}" for entry in shown]


def shown(client: Client, **filters: Any) -> list[str]:
    page = client.get(LOG, filters)
    return [entry.label for entry in page.context["cl"].result_list]


def test_what_is_added_changed_and_deleted_is_noted_once_with_what_changed(
    desk: Client, filled_in: FilledIn
) -> None:
    desk.post("/admin/articles/tag/add/", {"name": "floods", "slug": "", "description": ""})
    tag = Tag.objects.get()
    page = reverse("admin:articles_tag_change", args=[tag.pk])
    desk.post(page, filled_in(page) | {"name": "Floods", "description": "High water."})
    desk.post(page, filled_in(page))
    desk.post(reverse("admin:articles_tag_delete", args=[tag.pk]), {"post": "yes"})

    assert entries() == [
        "editor: add tag “floods”",
        "editor: change tag “Floods” (Name, Description)",
        "editor: delete tag “Floods”",
    ]


def test_a_changed_name_of_a_person_is_noted_with_the_person(
    desk: Client, filled_in: FilledIn
) -> None:
    person = make_person("Faiz", names=["Fayz"])
    page = reverse("admin:articles_person_change", args=[person.pk])
    renamed = {"names-TOTAL_FORMS": "2", "names-0-name": "Faez", "names-1-name": "فیض"}

    desk.post(page, filled_in(page) | renamed)

    assert entries() == [
        "editor: change person “Faiz” (added person name “فیض”; changed person name “Faez”: Name)"
    ]


def test_a_verb_notes_itself_and_the_desk_does_not_note_it_again(desk: Client) -> None:
    article = make_article("Rain", published=None)
    editing.record([article])

    data = {"action": "publish", "_selected_action": [article.pk], "index": "0"}
    desk.post("/admin/articles/article/", data)

    assert entries() == ["editor: publish article “Rain” (Published)"]


def test_a_moderators_decision_is_noted(desk: Client) -> None:
    comment = make_comment(make_article(), state="pending", author_name="Zia", text="So it is.")

    decide = reverse("admin:articles_comment_decide", args=[comment.pk])
    desk.post(decide, {"decision": "spam"})
    desk.post(decide, {"decision": "spam"})

    assert entries() == ["editor: mark as spam comment “Zia: So it is.”"]


def test_signing_in_and_out_and_a_new_password_are_noted(client: Client) -> None:
    make_staff("Editor", "sana", password="a quiet newsroom")
    client.post("/admin/login/", {"username": "sana", "password": "a quiet newsroom"})
    new = {"new_password1": "a loud newsroom", "new_password2": "a loud newsroom"}
    client.post("/admin/password_change/", {"old_password": "a quiet newsroom", **new})
    client.post("/admin/logout/")

    assert list(AuditEntry.objects.order_by("pk").values_list("actor", "action", "detail")) == [
        ("sana", "sign in", "from 127.0.0.1"),
        ("sana", "change password", ""),
        ("sana", "sign out", "from 127.0.0.1"),
    ]


def test_the_log_is_for_administrators(client: Client) -> None:
    for role, status in (("Administrator", 200), ("Editor", 403), ("Moderator", 403)):
        client.force_login(make_staff(role))
        assert client.get(LOG).status_code == status


def test_nobody_changes_the_log_not_even_a_superuser(desk: Client, editor: User) -> None:
    AuditEntry.objects.note(editor, "publish", make_tag("kept"))
    entry = AuditEntry.objects.latest("pk")
    before = list(AuditEntry.objects.order_by("pk").values())
    change = reverse("admin:articles_auditentry_change", args=[entry.pk])
    delete = reverse("admin:articles_auditentry_delete", args=[entry.pk])
    chosen = {"_selected_action": [entry.pk], "index": "0", "post": "yes"}

    assert desk.get(f"{LOG}add/").status_code == 403
    assert desk.post(f"{LOG}add/", {"action": "publish"}).status_code == 403
    assert desk.post(change, {"action": "nothing"}).status_code == 403
    assert desk.post(delete, {"post": "yes"}).status_code == 403
    desk.post(LOG, {"action": "delete_selected", **chosen})

    assert list(AuditEntry.objects.order_by("pk").values()) == before
    for spoil in (entry.save, entry.delete, AuditEntry.objects.all().delete):
        with pytest.raises(AppendOnlyError):
            spoil()


def test_the_log_is_narrowed_by_person_action_kind_date_and_words(desk: Client) -> None:
    sana, zia = make_staff("Editor", "sana"), make_staff("Editor", "zia")
    article = make_article("A storm")
    AuditEntry.objects.note(sana, "publish", article)
    AuditEntry.objects.note(sana, "add", make_tag("wind"))
    AuditEntry.objects.note(zia, "correct", article, "It was a gale.")
    year = f"{AuditEntry.objects.latest('pk').at:%Y}"

    assert shown(desk, user=sana.pk) == ["wind", "A storm"]
    assert shown(desk, user=sana.pk, action="publish") == ["A storm"]
    assert shown(desk, kind="tag") == ["wind"]
    assert shown(desk, date=year, kind="tag") == ["wind"]
    assert shown(desk, date="1999") == []
    assert shown(desk, q="STORM") == ["A storm", "A storm"]
    assert shown(desk, q="zia", action="correct") == ["A storm"]
    assert shown(desk, kind="article", object_id=article.pk) == ["A storm", "A storm"]


def test_the_log_keeps_an_entry_whose_account_and_article_are_gone(desk: Client) -> None:
    sana = make_staff("Editor", "sana")
    article = make_article("A storm")
    AuditEntry.objects.note(sana, "publish", article)
    article.delete()
    sana.delete()

    page = desk.get(LOG).content.decode()

    assert "sana" in page
    assert "A storm" in page


def test_a_row_shows_its_own_record(desk: Client, editor: User) -> None:
    tag, other = make_tag("floods"), make_tag("ports")
    AuditEntry.objects.note(editor, "change", tag, "Name")
    AuditEntry.objects.note(editor, "change", other, "Description")

    page = desk.get(reverse("admin:articles_tag_history", args=[tag.pk])).content.decode()

    assert "<td>editor</td>" in page
    assert "Name" in page
    assert "Description" not in page


def test_the_log_costs_the_same_for_one_entry_and_for_many(
    desk: Client, editor: User, django_assert_max_num_queries: Any
) -> None:
    AuditEntry.objects.note_all(editor, "add", [make_tag() for _ in range(30)])

    with django_assert_max_num_queries(12):
        desk.get(f"{LOG}?user={editor.pk}&action=add&date=2026")
