"""Names that pass for somebody of the newsroom: compared by what readers see, not by what is
stored.

The skeleton of a name follows the idea of Unicode Technical Standard 39: names that look alike
have the same one, whatever letters, marks and capitals they are made of.
"""

import re
import unicodedata
from collections.abc import Iterable, Mapping

from django.conf import settings
from django.contrib.auth.models import User

from articles.models import Article
from articles.text.folding import fold

MOST_STAFF = 2_000
"""Accounts that a name is compared with."""

_TITLES = {
    "admin",
    "admins",
    "administrator",
    "administrators",
    "moderator",
    "moderators",
    "webmaster",
}
"""Nobody who carries one of these in the name is a mere reader."""
_ROLES = {
    *("editor", "editors", "editorial", "mod", "mods", "moderation"),
    *("newsroom", "staff", "team", "desk", "support"),
}
"""These are names only by themselves or with the site's."""
_CHIEF = {"chief", "editor"}
"""Together, in a longer name too, they are a title."""
_FILLERS = {"the", "of", "at", "from", "for", "our", "in", "chief", "official"}

# Capitals first: the Greek Eta looks like an H, the small one like an n.
_CAPITALS = str.maketrans(
    "ΑΒΕΖΗΙΚΜΝΟΡΤΥΧ" + "АВЕЅІЈКМНОРСТУХ",
    "abezhikmnoptyx" + "abesijkmhopctyx",
)
# What is left after folding: small, without marks. i, l and 1 are one.
_LOOKS = str.maketrans(
    "авгԁезіјкӏмнопԛрсѕтуԝхһ" + "αβγεηικνορςτυχω" + "աօսհոցզ" + "ɑɡɩʟɴʀᴀᴇᴏ" + "i013457@$!|",
    "abrdeeljklmhonqpcstywxh" + "abyenlkvopctuxw" + "wouhngq" + "agllnraeo" + "loleastasll",
)
_WRITTEN_WITH_LATIN = {"LATIN", "CJK", "HIRAGANA", "KATAKANA", "HANGUL", "BOPOMOFO"}
"""Scripts that stand in one word with Latin letters in names that mean no harm (UTS 39, 5.2)."""
_PARTED = re.compile(r"[\W_]+")
_PAIRS = re.compile("rn|vv")
_PAIR_LOOKS = {"rn": "m", "vv": "w"}


def skeleton(name: str) -> str:
    """What a name looks like, in small Latin letters where it can be; the same for all names that
    can hardly be told apart: ``Аdmin`` with a Cyrillic letter, ``ADM1N`` and ``a d m i n``."""
    plain = unicodedata.normalize("NFKC", name).translate(_CAPITALS)
    looks = fold(plain).translate(_LOOKS)
    letters = "".join(character for character in looks if character.isalnum())
    return _PAIRS.sub(lambda pair: _PAIR_LOOKS[pair.group()], letters)


def staff_names() -> dict[str, str]:
    """The names and logins of those who work here, by their skeletons, in one query."""
    accounts = User.objects.filter(is_active=True, is_staff=True).order_by("-pk")
    rows = accounts.values_list("username", "first_name", "last_name", "author__name")
    return by_skeleton(
        name
        for login, first, last, author in rows[:MOST_STAFF]
        for name in (login, f"{first} {last}" if first and last else "", author or "")
    )


def authors_of(article: Article) -> dict[str, str]:
    """The names of the article's authors, by their skeletons, in one query."""
    return by_skeleton(article.bylines.values_list("author__name", flat=True))


def by_skeleton(names: Iterable[str]) -> dict[str, str]:
    return {looks: name for name in names if (looks := skeleton(name))}


def imitated(name: str, known: Mapping[str, str]) -> str:
    """Whom somebody of this name passes for: a name among ``known``, or the newsroom itself by its
    titles and the site's name; empty when it is nobody."""
    if found := known.get(skeleton(name)):
        return found
    words = _skeletons(_PARTED.split(fold(name)))
    if words & _SEEN_TITLES or skeleton(name) in _SEEN_TITLES:
        return "an administrator or a moderator"
    site = _skeletons(_PARTED.split(fold(settings.SITE_NAME))) - _SEEN_FILLERS
    says_site = bool(site) and site <= words
    if words <= _SEEN_ROLES | _SEEN_FILLERS | site and (words & _SEEN_ROLES or says_site):
        return "the newsroom"
    if words >= _SEEN_CHIEF:
        return "the newsroom"
    if any(map(_mixes_scripts, _PARTED.split(unicodedata.normalize("NFKC", name)))):
        return "somebody else: one word has letters of two scripts"
    return ""


def _mixes_scripts(word: str) -> bool:
    """Whether a word has Latin letters and such of a script that is not written together with
    them: what the table of letters that look alike does not know."""
    # The apostrophes among the letters (Lm) belong to every script.
    letters = (one for one in word if one.isalpha() and unicodedata.category(one) != "Lm")
    scripts = {unicodedata.name(letter, "").partition(" ")[0] for letter in letters}
    return "LATIN" in scripts and not scripts <= _WRITTEN_WITH_LATIN


def _skeletons(words: Iterable[str]) -> set[str]:
    return {looks for word in words if (looks := skeleton(word))}


_SEEN_TITLES, _SEEN_ROLES, _SEEN_FILLERS = map(_skeletons, (_TITLES, _ROLES, _FILLERS))
_SEEN_CHIEF = _skeletons(_CHIEF)
