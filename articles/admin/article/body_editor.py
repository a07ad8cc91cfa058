"""The editor that an article's body is written in: a field of HTML, over which scripts lay an
editor of ProseMirror and Tiptap, as django-prose-editor packages them.

The scripts are modules that find one another by an import map, an inline script: the page gives
its media a nonce (see ``ArticleAdmin.render_change_form``). What an article is made of is said
once more in ``static/js/editor``, and ``articles.text.body`` has the last word.
"""

import json
from typing import Any

from django import forms
from django.urls import reverse
from django_prose_editor.widgets import importmap as prose_editor
from js_asset import ImportMap, Media, Script

from articles.text.body import clean

WORDS_PER_MINUTE = 220
"""Read silently, as adults read prose."""

_MODULES = (
    "blocks", "buttons", "counts", "dialog", "elements", "figures", "icons", "keys", "languages",
    "links", "notices", "paste", "paste-blocks", "paste-marks", "paste-word", "phrases",
    "picture-dialogs", "pictures", "places", "pull-quotes", "reading", "search-box", "source",
    "tables", "toolbar", "uploads", "written",
)  # fmt: skip


class BodyEditor(forms.Textarea):
    """A text area for HTML, which the editor takes the place of."""

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        context = super().get_context(name, value, attrs)
        context["widget"]["attrs"]["data-body"] = json.dumps(
            {
                "search": reverse("admin:articles_article_link_search"),
                "chooser": reverse("admin:articles_image_choose"),
                "upload": reverse("admin:articles_image_upload"),
                "wordsPerMinute": WORDS_PER_MINUTE,
            }
        )
        return context

    @property
    def media(self) -> Media:
        modules = {f"newsroom-editor/{name}": f"js/editor/{name}.js" for name in _MODULES}
        return Media(
            importmap=prose_editor | ImportMap(modules),
            css={"all": ["css/editor.css"]},
            js=[Script("js/editor/main.js", type="module")],
        )


class BodyField(forms.CharField):
    """The body of an article, as clean HTML."""

    widget = BodyEditor

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(required=False, **kwargs)

    def clean(self, value: Any) -> str:
        return clean(super().clean(value))

    def has_changed(self, initial: Any, data: Any) -> bool:
        """Whether the text is another, ids apart, which the body gets when it is saved."""
        return clean(initial or "") != clean(data or "")
