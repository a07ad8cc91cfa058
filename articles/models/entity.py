from django.core.exceptions import ValidationError
from django.db import models

from articles.models.language import language_tag
from articles.models.vocabulary import wikidata_id
from articles.text.folding import fold
from articles.text.names import clean_name

_LONGEST_NAME = 200


class Entity(models.Model):
    """What an article can be about: a place, a person or an organisation."""

    name = models.CharField(
        max_length=_LONGEST_NAME,
        help_text="The name as the newsroom prints it, in its own language.",
    )
    slug = models.CharField(
        max_length=200,
        unique=True,
        help_text="The last part of the page's address. Links elsewhere point to it.",
    )
    description = models.TextField(
        blank=True, help_text="One or two sentences for the top of its page."
    )
    wikidata_id = models.CharField(
        "Wikidata",
        max_length=20,
        blank=True,
        validators=[wikidata_id],
        help_text="The number of its item, such as Q1362.",
    )
    # A merged entry stays as a shell, so that its id and address lead on and it can be split again.
    merged_into = models.ForeignKey(
        "self", on_delete=models.CASCADE, null=True, editable=False, related_name="merged"
    )
    is_reviewed = models.BooleanField(
        "reviewed",
        default=True,
        help_text="Off while only a machine has seen it: it was drawn from copy, by a title or "
        "a form of name.",
    )
    created_at = models.DateTimeField(auto_now_add=True, editable=False)
    updated_at = models.DateTimeField(auto_now=True, editable=False)

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return self.name

    def clean(self) -> None:
        if self.name:
            self.name = _let_in(self.name)


class EntityName(models.Model):
    """Another name, spelling or script by which copy may call an entity.

    ``folded`` is the form that matching compares (see ``articles.text.folding``).
    """

    name = models.CharField(max_length=_LONGEST_NAME)
    language = models.CharField(
        max_length=35,
        blank=True,
        validators=[language_tag],
        help_text="A BCP 47 tag such as ur or en-GB; empty if unknown.",
    )
    is_preferred = models.BooleanField(
        "preferred",
        default=False,
        help_text="Shown in texts and on pages in this language instead of the name above.",
    )
    is_common_word = models.BooleanField(
        "common word",
        default=False,
        help_text="It is also an ordinary word, such as May or Nice: copy is linked by it only "
        "when something else points there.",
    )
    folded = models.CharField(max_length=_LONGEST_NAME, editable=False, db_index=True)

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return self.name

    def clean(self) -> None:
        if self.name:
            self.name = _let_in(self.name)
        # A ligature may fold to several letters.
        self.folded = fold(self.name)[:_LONGEST_NAME]


def _let_in(name: str) -> str:
    try:
        return clean_name(name)
    except ValueError as error:
        raise ValidationError({"name": str(error)}) from error
