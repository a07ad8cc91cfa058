"""Which file is the page at an address."""

import pytest

from articles.baking.files import file_of


@pytest.mark.parametrize(
    ("address", "name"),
    [
        ("/", "index.html"),
        ("/2026/02/?page=2", "2026/02/page-2.html"),
        ("/2026/02/03/snow/?comments=3", "2026/02/03/snow/comments-3.html"),
        ("/feed/", "feed/index.xml"),
        ("/places/کوئٹہ/feed/", "places/کوئٹہ/feed/index.xml"),
        ("/robots.txt", "robots.txt"),
        ("/.well-known/security.txt", ".well-known/security.txt"),
        ("/sitemaps/2026-02-1.xml", "sitemaps/2026-02-1.xml"),
    ],
)
def test_a_page_is_the_file_where_a_web_server_looks_for_it(address, name):
    assert file_of(address) == name


def test_a_slug_that_no_file_system_takes_is_left_to_the_application():
    assert file_of(f"/tags/{'ک' * 126}/") is not None
    assert file_of(f"/tags/{'ک' * 127}/") is None
    assert file_of(f"/{'a/' * 600}") is None
