"""The forms in which articles may have a word that was typed: *floods* for *flood*, *alqaeda* for
*al-Qaeda*, and the other way round.

The index holds words as they are written. A query is widened instead, by the words of the archive
(see ``articles.search.index.lexicon``) that share the stem of a word typed, in each language that
has it. What is quoted, excluded, near something or the beginning of a word stays as it was typed.
"""

from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import replace

from django.conf import settings
from django.db import connections, router

from articles.models import SearchWord
from articles.search.index.lexicon import primary
from articles.search.words.query import Query, Term
from articles.search.words.tokens import is_compound
from articles.text.stemming import stem

MOST_FORMS = 12
_MOST_READ = 100  # of one word

Form = tuple[str, ...]
Forms = Mapping[str, tuple[Form, ...]]
"""The other forms of words, each as the words that follow each other in it."""

# SQLite joins in the order of CROSS JOIN: the few stems first, then their words by the index.
_FORMS = """
    SELECT typed, word FROM (
        SELECT %s AS typed, shared.word FROM (
            SELECT stem, language FROM articles_searchword WHERE word = %s
            UNION SELECT %s, %s
        ) AS known
        CROSS JOIN articles_searchword AS shared
        WHERE shared.stem = known.stem AND shared.language = known.language
        GROUP BY shared.word
        ORDER BY abs(length(shared.word) - %s), shared.word
        LIMIT %s
    ) AS form
"""


def forms_of(query: Query) -> Forms:
    """The forms of the words of ``query``. One query, if it has words to be widened."""
    typed = {key for term in query.terms if (key := _key(term))}
    return _read(typed) if typed else {}


def widened(query: Query, forms: Forms) -> Query:
    """``query`` with each of its words in all of ``forms``."""
    near = {group for each in query.near for group in (each.first, each.second)}
    groups = (
        group if group in near else tuple(_widened(term, forms) for term in group)
        for group in query.groups
    )
    return replace(query, groups=tuple(groups))


def _widened(term: Term, forms: Forms) -> Term:
    key = _key(term)
    if not key:
        return term
    others = dict.fromkeys([(key,), *forms.get(key, ())])
    others.pop(term.words, None)
    return replace(term, others=tuple(others)[:MOST_FORMS])


def _key(term: Term) -> str:
    """What is looked up to widen ``term``; nothing when it stays as it is."""
    if term.is_prefix or term.is_exact:
        return ""
    if len(term.words) == 1 and not term.words[0][0].isdecimal():
        return term.words[0]
    return "".join(term.words) if is_compound(term.words) else ""


def _read(typed: Collection[str]) -> Forms:
    # A word that no article has yet is looked up by the stem that it has in the site's language.
    language = primary(settings.LANGUAGE_CODE)
    values: list[str | int] = []
    for word in typed:
        values += [word, word, stem(word, language), language, len(word), _MOST_READ]
    found = defaultdict(set)
    with connections[router.db_for_read(SearchWord)].cursor() as cursor:
        cursor.execute(" UNION ALL ".join([_FORMS] * len(typed)), values)
        for word, form in cursor.fetchall():
            found[word].add(tuple(form.split()))
    return {word: _nearest(word, found[word]) for word in typed}


def _nearest(word: str, forms: Collection[Form]) -> tuple[Form, ...]:
    """The forms that are most like ``word``, it left out."""
    others = [form for form in forms if form != (word,)]
    others.sort(key=lambda form: (len(form), abs(len("".join(form)) - len(word)), form))
    return tuple(others[:MOST_FORMS])
