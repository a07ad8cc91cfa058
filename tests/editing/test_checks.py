"""What is said of an article before it is published; each case is one article and one remark."""

import pytest
from django.conf import LazySettings

from articles.editing import check, stops
from articles.editing.findings import Level
from articles.models import MentionState
from tests.factories import make_article, make_image, make_mention, make_person, make_section

pytestmark = pytest.mark.django_db


def said_of(body: str) -> list[str]:
    return [found.message for found in check(make_article(body=body, section=make_section()))]


@pytest.mark.parametrize(
    ("body", "remark"),
    [
        ('<figure><img src="/media/a.jpg"></figure>', "no alternative text"),
        ('<p>See <a href="/x/">&nbsp;</a>.</p>', "no words to follow"),
        ('<p>See <a href="/x/"><img src="/media/a.jpg" alt=""></a>.</p>', "no words to follow"),
    ],
)
def test_what_a_reader_could_not_use_stops_publishing(body: str, remark: str) -> None:
    found = stops(make_article(body=f"<p>Words.</p>{body}"))

    assert [each.level for each in found] == [Level.STOP]
    assert remark in found[0].message


@pytest.mark.parametrize(
    ("body", "remark"),
    [
        ('<p><img src="/media/a.jpg" alt="DSC_0042.JPG"></p>', "“DSC_0042.JPG” is the name of a"),
        ('<p><img src="https://example.org/a.jpg" alt="Rain"></p>', "comes from another site"),
        ('<p>The <a href="#">report</a>.</p>', "A link leads nowhere"),
        ('<p>The <a href="">report</a>, <a href="#">too</a>.</p>', "2 links lead nowhere"),
        ('<p>The report is <a href="/x/">here</a>.</p>', "says only “here”"),
        ("<h3>Rain</h3><p>It fell.</p>", "A subheading stands before any heading"),
        ("<table><tbody><tr><td>1</td></tr></tbody></table>", "A table has no header cells"),
        ("<p>He was TK years old.</p>", "“TK” is still to be filled in"),
        ("<p>Lorem ipsum and lorem ipsum.</p>", "still to be filled in"),
        (f"<p>{'RAIN FELL IN TANK. ' * 4}</p>", "A paragraph is in capitals"),
    ],
)
def test_what_wants_a_look_is_said_and_stops_nothing(body: str, remark: str) -> None:
    article = make_article(body=f"<p>Words.</p>{body}", section=make_section())

    assert stops(article) == []
    (found,) = check(article)
    assert found.level is Level.WARNING
    assert found.field == "body"
    assert remark in found.message


@pytest.mark.parametrize(
    "body",
    [
        '<figure><img src="/media/a.jpg" alt=""></figure>',
        '<p>The <a href="/x/">report of the <em>court</em></a>.</p>',
        '<p><a href="/x/"><img src="/media/a.jpg" alt="A map of Tank"></a></p>',
        "<h2>Rain</h2><h3>In Tank</h3><p>It fell.</p>",
        "<table><thead><tr><th>Day</th></tr></thead><tbody><tr><td>1</td></tr></tbody></table>",
        "<p>The UNHCR and the BBC asked NATO.</p>",
        "<p>لاہور میں بارش ہوئی، اور لوگ گھروں سے نکل آئے تاکہ دریا کا پانی دیکھ سکیں۔</p>",
    ],
)
def test_what_is_as_it_should_be_is_passed_over(body: str) -> None:
    assert said_of(f"<p>Words.</p>{body}") == []


def test_a_picture_of_the_site_itself_may_bear_its_address(settings: LazySettings) -> None:
    settings.MEDIA_ORIGIN = "https://media.example.org"

    assert said_of('<p>a <img src="https://media.example.org/a.jpg" alt="Rain"></p>') == []


@pytest.mark.parametrize(
    ("headline", "remark"),
    [
        ("Rain " * 30, "beyond 110 others cut it"),
        ("RAIN FALLS FOR DAYS IN TANK", "The headline is in capitals"),
        (" ", "An article needs a headline"),
    ],
)
def test_a_headline_is_neither_missing_nor_loud_nor_endless(headline: str, remark: str) -> None:
    (found,) = check(make_article(headline, section=make_section()))

    assert found.field == "headline"
    assert remark in found.message


def test_a_remark_points_at_the_first_element_it_means() -> None:
    article = make_article(
        body='<p>The <a href="/x/?q=&quot;a&quot;"> </a> <img src="/a.jpg"> TK</p>',
        section=make_section(),
    )

    assert [(found.selector, found.words) for found in check(article)] == [
        ("img:not([alt])", ""),
        (r'a[href="/x/?q=\"a\""]', ""),
        ("", "TK"),
    ]


def test_stops_come_before_what_only_wants_a_look() -> None:
    article = make_article(
        headline_is_drawn=True, lead_image=make_image(alt_text=""), section=make_section()
    )

    assert [found.level for found in check(article)] == [Level.STOP, Level.WARNING]


def test_a_confirmed_name_that_the_text_has_lost_is_worth_a_look() -> None:
    article = make_article(section=make_section())
    make_mention(article, make_person(), is_adrift=True)
    make_mention(article, make_person(), is_adrift=True, state=MentionState.REJECTED)

    assert [found.message for found in check(article)] == [
        "One confirmed name is no longer in the text."
    ]
