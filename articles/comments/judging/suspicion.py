"""What machines post and people hardly do: small tests on what was typed, each with its words."""

import re
from collections import Counter
from collections.abc import Callable
from datetime import timedelta

from django.utils import timezone

from articles.comments.text.web_addresses import ADDRESS, host_of, without_sentence_end
from articles.models import Article, Comment

NEWEST = 500
"""Comments, of all articles, among which the same text is looked for."""
RECENT = timedelta(days=7)
_TOO_SHORT_TO_TELL = 20
"""Characters of a text that several readers may have written by themselves."""
_SHOUTED = 20
"""Letters from which on capitals are shouting and not an abbreviation."""

_SCRIPT = re.compile(
    r"<\s*(?:/\s*)?(?:script|iframe|object|embed|applet|style|svg|img|form|input|meta|base|link)\b"
    r"|\bjavascript:|\bdata:text/html|<[^<>]*\bon\w+\s*=|<\?php|<!--",
    re.IGNORECASE,
)
_HIDDEN_LINK = re.compile(r"\[(?:url|link)\s*=|\[url\]|<\s*a\s[^<>]*href", re.IGNORECASE)

_BEGINNING = re.compile(r"^https?://(?:www\.)?")


def script(text: str, website: str) -> str:
    return "markup or a script in the text" if _SCRIPT.search(text) else ""


def hidden_links(text: str, website: str) -> str:
    return "links in the markup of other sites, such as [url=" if _HIDDEN_LINK.search(text) else ""


def false_link(text: str, website: str) -> str:
    """An address that leads elsewhere than it looks."""
    hides = (not host_of(without_sentence_end(address)) for address in ADDRESS.findall(text))
    return "a link that hides where it leads" if any(hides) else ""


def repeated_link(text: str, website: str) -> str:
    """The same address more than once."""
    times = max(Counter(map(_plain, ADDRESS.findall(text))).values(), default=0)
    return f"the same link {times} times" if times > 1 else ""


def own_website(text: str, website: str) -> str:
    """The website that the name is linked to, once more in the text."""
    is_there = website and _plain(website) in map(_plain, ADDRESS.findall(text))
    return "the commenter’s website once more in the text" if is_there else ""


def without_letters(text: str, website: str) -> str:
    return "" if any(character.isalpha() for character in text) else "no letter in the text"


def shouting(text: str, website: str) -> str:
    letters = [character for character in text if character.isupper() or character.islower()]
    is_loud = len(letters) >= _SHOUTED and not any(map(str.islower, letters))
    return "everything in capital letters" if is_loud else ""


SIGNS: tuple[Callable[[str, str], str], ...] = (
    script,
    hidden_links,
    false_link,
    repeated_link,
    own_website,
    without_letters,
    shouting,
)


def suspicion(text: str, website: str) -> str:
    """What is suspicious about a comment, in a moderator's words; empty when nothing is."""
    return next((words for sign in SIGNS if (words := sign(text, website))), "")


def said_elsewhere(article: Article, text: str, email: str) -> bool:
    """Whether somebody else has said just this on another article of late, in one query."""
    if len(text) < _TOO_SHORT_TO_TELL:
        return False
    newest = Comment.objects.order_by("-pk").values("pk")[:NEWEST]
    same = Comment.objects.filter(pk__in=newest, text=text, created_at__gt=timezone.now() - RECENT)
    return same.exclude(article=article).exclude(author_email=email).exists()


def _plain(address: str) -> str:
    """An address as it is compared: without scheme, ``www.``, capitals and closing slash."""
    return _BEGINNING.sub("", without_sentence_end(address).casefold()).rstrip("/")
