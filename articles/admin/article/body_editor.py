"""The editor that an article's body is written in."""

import re
from typing import Any

from django_prose_editor.fields import ProseEditorFormField
from django_prose_editor.widgets import AdminProseEditorWidget

from articles.text.body import clean

# The one inline style that the editor puts into the page, by its digest; a browser test sees when
# another version of it brings another.
INLINE_STYLE = "'sha256-PlumsSlvJ7vvWzjqibGAYKq92O3y/4JTxWWsWJvyUYA='"

# What an article is made of, and no more: the body is cleaned to the same when it is saved.
EXTENSIONS = {
    "Bold": True,
    "Italic": True,
    "Strike": True,
    "Subscript": True,
    "Superscript": True,
    "Code": True,
    "Heading": {"levels": [2, 3]},
    "BulletList": True,
    "OrderedList": True,
    "ListItem": True,
    "Blockquote": True,
    "HorizontalRule": True,
    "HardBreak": True,
    "Link": {"enableTarget": False, "protocols": ["http", "https", "mailto", "tel"]},
    "Figure": True,
    "Image": True,
    "Caption": True,
    "Table": True,
    "TableRow": True,
    "TableHeader": True,
    "TableCell": True,
    "HTML": True,
}


_AROUND_BLOCK = re.compile(
    r"\s*(</?(?:p|h[23]|[uo]l|li|d[ltd]|blockquote|pre|figure|figcaption|aside|hr|table|caption|"
    r"thead|tbody|tr|t[hd])\b[^>]*>)\s*"
)


class BodyField(ProseEditorFormField):
    """The body of an article, as HTML."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(
            config={"extensions": EXTENSIONS},
            widget=AdminProseEditorWidget,
            required=False,
            **kwargs,
        )

    def has_changed(self, initial: Any, data: Any) -> bool:
        """Whether the text is another; the editor leaves out ids and breaks between blocks."""
        return _bare(initial) != _bare(data)


def _bare(body: str | None) -> str:
    return _AROUND_BLOCK.sub(r"\1", clean(body or "")).strip()
