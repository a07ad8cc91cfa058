"""Languages as a filter: by their tags, and by the names that people give them."""

import re
from functools import cache

from django.conf.locale import LANG_INFO
from django.utils.translation import get_language_info

from articles.search.asking.vocabulary import Choice
from articles.text.folding import fold

# The shape of BCP 47: a language of two or three letters, then script, region and variants.
_TAG = re.compile(r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8}){0,4}")


def is_language_tag(text: str) -> bool:
    """Whether ``text`` is formed like one, such as ``ur`` or ``en-GB``."""
    return bool(_TAG.fullmatch(text))


def language(tag: str) -> Choice:
    """The language of a tag that is well formed."""
    try:
        name = str(get_language_info(tag)["name"])
    except KeyError:  # Django does not know every language there is
        name = tag
    return Choice(tag.lower(), tag, name)


def language_called(text: str) -> Choice | None:
    """The language with this tag, or with this name in English or in the language itself."""
    tag = _tags().get(fold(text)) or text
    return language(tag) if is_language_tag(tag) else None


@cache
def _tags() -> dict[str, str]:
    """The tag of each language that has a name, by its names as they are compared."""
    return {
        fold(info[name]): tag
        for tag, info in LANG_INFO.items()
        for name in ("name_local", "name")
        if name in info
    }
