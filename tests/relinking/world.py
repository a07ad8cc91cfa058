"""An archive in which a town is written about that nobody has entered yet."""

from articles.models import Article, Place, PlaceKind
from tests.factories import make_place
from tests.search.archive import publish


def make_balochistan() -> Place:
    pakistan = make_place("Pakistan", kind=PlaceKind.COUNTRY, population=230_000_000)
    return make_place("Balochistan", pakistan, PlaceKind.DIVISION, population=12_000_000)


def write_about(town: str, number: int = 1) -> list[Article]:
    """So many articles, the oldest first, in each of which the town surely is one of
    Balochistan's."""
    return [
        publish(
            f"Report {each}",
            paragraphs=["Rain fell.", "Snow fell.", f"The road to {town}, Balochistan, is open."],
        )
        for each in range(1, number + 1)
    ]


def shown(article: Article) -> set[str]:
    return {str(mention.entity) for mention in article.mentions.shown()}
