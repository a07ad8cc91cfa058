import pytest

from articles.comments.drafts import Draft
from articles.comments.forms.comment_form import CommentFields
from articles.models import CommentRules

pytestmark = pytest.mark.django_db

GOOD = {"comment": "Well said.", "author": "Zarina", "email": "zarina@example.org"}


def errors(**typed: str) -> dict[str, list[str]]:
    found = CommentFields(GOOD | typed).errors
    return {field: [str(message) for message in messages] for field, messages in found.items()}


def draft(**typed: str) -> Draft:
    form = CommentFields(GOOD | typed)
    assert form.is_valid(), form.errors
    return form.draft()


def test_a_name_an_address_and_a_text_are_enough():
    assert errors() == {}


@pytest.mark.parametrize(
    ("field", "typed", "message"),
    [
        ("comment", "", "Please write a comment."),
        ("comment", " \n\x00 ", "Please write a comment."),
        ("author", "", "Please give a name."),
        ("author", "<b></b>", "Please give a name."),
        ("author", "\u202e\u200b", "Please give a name."),
        ("author", "***", "A name needs a letter or a digit."),
        ("email", "", "Please give an e-mail address. It is never shown."),
        ("email", "zarina", "This is not an e-mail address. One looks like a@b.org."),
        (
            "email",
            "zarina@example.org\r\nBcc: all@example.org",
            "This is not an e-mail address. One looks like a@b.org.",
        ),
        ("email", "a\x00@example.org", "Null characters are not allowed."),
        *[
            ("url", typed, "This is not a web address. One looks like https://example.org.")
            for typed in (
                "javascript:alert(1)",
                "ftp://example.org",
                "data:text/html,x",
                "http://",
                "//[",
                "not one",
            )
        ],
        ("comment_parent", "x", "The comment that you answer is not known."),
        ("comment_parent", "-1", "The comment that you answer is not known."),
        ("comment_parent", str(2**63), "The comment that you answer is not known."),
    ],
)
def test_a_fault_is_told_at_its_field(field, typed, message):
    found = errors(**{field: typed})
    assert list(found) == [field]
    assert message in found[field]


@pytest.mark.parametrize(
    ("field", "longest", "one_more", "message"),
    [
        (
            "author",
            "a" * 245,
            "a" * 246,
            "A name may have at most 245 characters; this one has 246.",
        ),
        (
            "email",
            "a" * 60 + "@" + "b" * 35 + ".org",
            "a" * 61 + "@" + "b" * 35 + ".org",
            "An e-mail address may have at most 100 characters; this one has 101.",
        ),
        (
            "url",
            "https://a.example/" + "b" * 182,
            "https://a.example/" + "b" * 183,
            "A website's address may have at most 200 characters; this one has 201.",
        ),
        (
            "comment",
            "a" * 65_525,
            "a" * 65_526,
            "A comment may have at most 65,525 bytes; this one has 65,526. Please shorten it.",
        ),
        (
            "comment",
            "ک" * 32_762,
            "ک" * 32_763,
            "A comment may have at most 65,525 bytes; this one has 65,526. Please shorten it.",
        ),
    ],
)
def test_each_field_has_its_limit_and_says_so(field, longest, one_more, message):
    assert errors(**{field: longest}) == {}
    assert errors(**{field: one_more}) == {field: [message]}


def test_what_is_typed_is_cleaned():
    cleaned = draft(
        comment="\x00One.\r\nTwo.",
        author="<i>Zarina</i>\u202e  Baloch",
        email=" Zarina@Example.ORG ",
        url="example.org",
        comment_parent="0",
    )
    assert cleaned.text == "One.\nTwo."
    assert cleaned.name == "Zarina Baloch"
    assert cleaned.email == "zarina@example.org"
    assert cleaned.website == "https://example.org"
    assert cleaned.parent_id is None


def test_browsers_let_a_website_be_typed_as_people_write_it():
    # A browser takes nothing without https:// in a field of type url.
    assert 'type="url"' not in str(CommentFields()["url"])


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("No.", "A comment needs at least 5 characters; this one has 3."),
        ("Never.", None),
        (
            "Not at all, said the mayor.",
            "A comment may have at most 20 characters; this one has 27. Please shorten it.",
        ),
    ],
)
def test_a_comment_is_as_long_as_the_rules_want_it(text, fault):
    CommentRules.objects.create(pk=1, least_length=5, greatest_length=20)
    assert errors(comment=text) == ({"comment": [fault]} if fault else {})
