import pytest

from articles.comments import addresses, tokens
from articles.models import Comment


def test_a_comments_addresses_are_paths_of_this_site():
    comment = Comment(pk=12)
    assert addresses.permalink(comment) == "/comments/12/"
    assert addresses.report_page(comment) == "/comments/12/report/"


def test_its_authors_page_has_a_key_that_only_we_can_make():
    start, _, key = addresses.own_page(Comment(pk=12)).removesuffix("/").rpartition("/")
    assert start == "/comments/mine"
    assert tokens.own_comment_id(key) == 12


@pytest.mark.parametrize("site", ["https://news.example", "http://localhost:8000"])
def test_a_mail_gets_the_full_address(settings, site):
    settings.SITE_URL = site
    assert addresses.absolute("/comments/12/") == f"{site}/comments/12/"
