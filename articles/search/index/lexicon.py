"""Keeps the words of the archive, by which a search finds other forms and right spellings."""

from collections import defaultdict
from collections.abc import Collection, Iterable

from django.db import connections, router, transaction

from articles.models import LONGEST_SEARCH_WORD, SearchWord
from articles.models.rows import insert_values
from articles.search.index.backend import Document
from articles.search.index.backends import backend_of
from articles.search.words.tokens import compounds, words
from articles.text.spellings import skeleton
from articles.text.stemming import stem

SHORTEST_WORD = 2

# So many words of a language are remembered in a long run: some tens of megabytes.
_MOST_KNOWN = 300_000

Known = dict[str, set[str]]
"""Words by the primary tag of their language."""


def unknown(documents: Iterable[Document], known: Known | None = None) -> Known:
    """The words of these documents that are not kept yet, for ``keep_all``.

    One query for each language. Who keeps the words of many batches, which nothing rolls back,
    gives each the same ``known`` and spares it: what was returned before is remembered there, up to
    a bound. Beyond that a word may be returned again, which does no harm.
    """
    found: Known = defaultdict(set)
    for document in documents:
        of_language = found[language_of(document)]
        of_language.update(document.headline.split(), document.names.split())
        of_language.update(document.text.split(), document.compounds)
    new: Known = {}
    for language, of_language in found.items():
        there = known.setdefault(language, set()) if known is not None else set()
        new[language] = set(filter(_is_kept, of_language - there))
        if known is None:
            new[language] -= _there(language, new[language])
        elif len(there) + len(new[language]) > _MOST_KNOWN:
            there.clear()
        there |= new[language]
    return new


def keep_all(words: Known) -> None:
    """Keep these words. In a transaction of one batch at most, for others wait for its end who keep
    one of them too: in one order, so that no two wait for each other."""
    for language, of_language in sorted(words.items()):
        if of_language:
            _keep(of_language, language)


def learn_text(text: str, language: str) -> None:
    """Keep the words of a text in a language, given by its tag, in the caller's transaction."""
    keep([*words(text), *map(" ".join, compounds(text))], primary(language))


def keep(words: Iterable[str], language: str) -> None:
    """Keep those of ``words`` that are long enough and no numbers, in the caller's transaction;
    ``language`` is a primary tag."""
    _keep(set(filter(_is_kept, words)), language)


def forget() -> None:
    """Take all words out, to learn them anew."""
    with connections[router.db_for_write(SearchWord)].cursor() as cursor:
        cursor.execute("DELETE FROM articles_searchword")


def lacking(documents: Iterable[Document]) -> set[int]:
    """The ids of the articles with a word that should be kept and is not."""
    wanted: Known = defaultdict(set)
    of_article = {}
    for document in documents:
        language = language_of(document)
        fields = f"{document.headline} {document.names} {document.text}".split()
        kept = set(filter(_is_kept, [*fields, *document.compounds]))
        of_article[document.article_id] = language, kept
        wanted[language] |= kept
    there = {language: _there(language, kept) for language, kept in wanted.items()}
    return {pk for pk, (language, kept) in of_article.items() if kept - there[language]}


def language_of(document: Document) -> str:
    """The primary tag of the language that an article is in."""
    return primary(document.filters.rpartition(":")[2])


def primary(tag: str) -> str:
    """The language alone of a language tag: ``en`` of ``en-GB``."""
    return tag.lower().partition("-")[0]


def _keep(words: Collection[str], language: str) -> None:
    if not words:
        return
    connection = connections[router.db_for_write(SearchWord)]
    with transaction.atomic(using=connection.alias, savepoint=False):
        insert_values(
            connection,
            "articles_searchword (word, language, stem, skeleton)",
            "(%s, %s, %s, %s)",
            [_row(word, language) for word in sorted(words)],
            "ON CONFLICT DO NOTHING",
        )


def _is_kept(word: str) -> bool:
    return SHORTEST_WORD <= len(word) <= LONGEST_SEARCH_WORD and not word[0].isdecimal()


def _there(language: str, words: Collection[str]) -> set[str]:
    connection = connections[router.db_for_write(SearchWord)]
    return set(backend_of(connection).kept_words(connection, language, list(words)))


def _row(word: str, language: str) -> tuple[str, str, str, str]:
    joined = word.replace(" ", "")
    return word, language, stem(joined, language)[:LONGEST_SEARCH_WORD], skeleton(word)
