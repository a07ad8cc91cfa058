"""What a mail looks like on the wire, and what never gets that far."""

from email import message_from_bytes, policy
from email.message import EmailMessage
from typing import Any

import hypothesis
import pytest
from django.core import mail
from django.core.exceptions import ValidationError
from hypothesis import given
from hypothesis import strategies as st

from articles.mailing import Letter, post
from articles.mailing.delivery import deliver
from articles.mailing.flowed import WIDTH, flowed, quoted
from articles.mailing.message import message
from articles.models import OutgoingMail


def wire(**fields: Any) -> EmailMessage:
    """The mail of a letter as a mail program reads it from the wire."""
    letter = {"to": "reader@example.org", "subject": "Hello", "text": "Text", "kind": "reply"}
    post(Letter(**letter | fields))
    deliver()
    sent: Any = mail.outbox[-1]
    return message_from_bytes(sent.message().as_bytes(), policy=policy.default)


@pytest.mark.django_db
def test_a_mail_says_who_it_is_from_that_a_machine_wrote_it_and_how_to_end_it(settings):
    settings.DEFAULT_FROM_EMAIL = "Archive <desk@example.org>"
    settings.SITE_URL = "https://archive.example.org"

    read = wire(
        subject="Ali answered “A flood in Sindh”",
        headers={"List-Unsubscribe-Post": "List-Unsubscribe=One-Click"},
    )

    assert read["From"] == "Archive <desk@example.org>"
    assert read["To"] == "reader@example.org"
    assert read["Subject"] == "Ali answered “A flood in Sindh”"
    assert read["Auto-Submitted"] == "auto-generated"
    assert read["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert read["Message-ID"].endswith("@archive.example.org>")
    assert read["Date"]
    assert read.get_content_type() == "text/plain"
    assert dict(read["Content-Type"].params) == {"charset": "utf-8", "format": "flowed"}


@pytest.mark.django_db
def test_urdu_arrives_as_it_was_written():
    text = "سندھ میں سیلاب کے بعد لوگ اپنے گھروں کو واپس جا رہے ہیں۔ " * 5

    read = wire(subject="سندھ میں سیلاب", text=text)

    assert read["Subject"] == "سندھ میں سیلاب"
    assert unflowed(read.get_content()).strip() == text.strip()


@pytest.mark.django_db
@pytest.mark.parametrize("ending", ["\n", "\r\n", "\r", "\x0b", "\x00", "\u2028", "\x85"])
def test_no_line_end_in_a_subject_begins_another_header(ending):
    read = wire(subject=f"Hello{ending}Bcc: everybody@example.org")

    assert read["Bcc"] is None
    assert read["Subject"].split() == ["Hello", "Bcc:", "everybody@example.org"] or (
        read["Subject"] == "HelloBcc: everybody@example.org"
    )


@pytest.mark.django_db
@pytest.mark.parametrize(
    "to",
    [
        "",
        "reader",
        "reader@example.org\nBcc: a@example.org",
        "reader@example.org, other@example.org",
        '"\x01"@example.org',
        "Reader <reader@example.org>",
        f"{'a' * 64}@{'b' * 60}.{'c' * 60}.{'d' * 60}.{'e' * 60}.org",
    ],
)
def test_what_is_no_address_gets_no_mail(to):
    with pytest.raises(ValidationError):
        post(Letter(to=to, subject="Hello", text="Text", kind="reply"))
    assert not OutgoingMail.objects.exists()


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("name", "value"),
    [("X-One", "two\nBcc: a@example.org"), ("X: y\nBcc", "a@example.org"), ("X-One", "zwölf")],
)
def test_a_header_is_one_line(name, value):
    letter = Letter(to="a@example.org", subject="", text="", kind="reply", headers={name: value})

    with pytest.raises(ValidationError):
        post(letter)


def test_a_long_subject_is_cut(db):
    post(Letter(to="a@example.org", subject="word " * 100, text="Text", kind="reply"))

    assert OutgoingMail.objects.get().subject.endswith("word…")
    assert len(OutgoingMail.objects.get().subject) <= 150


def test_a_quotation_keeps_its_mark_on_every_line():
    lines = flowed(quoted("One word after another. " * 10, 1_000)).split("\n")

    assert len(lines) > 1
    assert all(line.startswith("> ") for line in lines)
    assert [line.endswith(" ") for line in lines] == [True] * (len(lines) - 1) + [False]


def test_a_quotation_is_cut_between_words_and_keeps_single_empty_lines():
    assert quoted("First.\n\n\n\nSecond.", 100) == "> First.\n>\n> Second."
    assert quoted("Some words that are too many", 12) == "> Some words …"
    assert quoted("> An old trick", 100) == "> > An old trick"


def test_what_looks_like_a_mark_is_told_from_one():
    assert flowed("From here on\n  indented") == " From here on\n   indented"


WORDS = st.text(
    st.characters(codec="utf-8", exclude_categories=["C", "Z"]), min_size=1, max_size=90
)


@given(st.lists(WORDS, max_size=40))
def test_a_mail_program_puts_the_paragraph_together_again(words):
    paragraph = " ".join(words)
    if paragraph.startswith(">"):
        return
    lines = flowed(paragraph).split("\n")

    assert unflowed("\n".join(lines)) == paragraph
    # With the space before what looks like a mark, and the one of a line that goes on.
    assert all(len(line) <= WIDTH + 2 or " " not in line.strip() for line in lines)


@pytest.mark.django_db
@hypothesis.settings(max_examples=50)
@given(st.text(max_size=300), st.text(max_size=300))
def test_whatever_was_typed_a_mail_can_be_made_of_it(subject, text):
    post(Letter(to="a@example.org", subject=subject, text=quoted(text, 200), kind="reply"))
    sent: Any = message(OutgoingMail.objects.latest("pk"))
    read = message_from_bytes(sent.message().as_bytes(), policy=policy.default)

    assert {name.lower() for name in read} == {
        "mime-version",
        "content-transfer-encoding",
        "subject",
        "from",
        "to",
        "date",
        "auto-submitted",
        "message-id",
        "content-type",
    }
    assert all(line.startswith(">") for line in read.get_content().splitlines() if line)


def unflowed(text: str) -> str:
    """What a mail program that knows the format shows of unquoted text (RFC 3676, 4.1)."""
    plain = [line.removeprefix(" ") for line in text.split("\n")]
    return "".join(line if line.endswith(" ") else f"{line}\n" for line in plain).removesuffix("\n")
