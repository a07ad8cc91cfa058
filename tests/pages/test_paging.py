import pytest
from django.http import Http404

from articles.pages.paging import PageLinks, page_number


def numbers(links: PageLinks) -> list[int | None]:
    return [link.number for link in links]


def test_pages_near_the_present_one_and_both_ends_are_linked():
    assert numbers(PageLinks(10, 40, "")) == [1, None, 8, 9, 10, 11, 12, None, 40]


def test_few_pages_are_all_linked():
    assert numbers(PageLinks(1, 3, "")) == [1, 2, 3]


def test_one_page_needs_no_links():
    assert not PageLinks(1, 1, "")


def test_the_first_page_has_the_plain_address(rf):
    links = PageLinks.of(rf.get("/places/quetta/?year=1935&page=2"), 2, 3)

    assert links.previous == "?year=1935"
    assert links.next == "?year=1935&page=3"


def test_the_last_page_has_no_next_one():
    assert PageLinks(3, 3, "").next == ""
    assert PageLinks(1, 3, "").previous == ""


@pytest.mark.parametrize("value", ["0", "-1", "x", "1.5", "", "٣", "99999999999999999999"])
def test_what_is_no_page_number_is_not_found(rf, value):
    with pytest.raises(Http404):
        page_number(rf.get("/", {"page": value}))
