"""The shape of an article; ``articles.api.loading`` fills it."""

from typing import Any

from rest_framework import serializers

from articles.api.serializers.comments import CommentSerializer
from articles.api.serializers.images import ImageSerializer
from articles.api.serializers.references import ReferenceSerializer
from articles.api.serializers.revisions import RevisionSerializer
from articles.models import CorrectionKind, MentionRole, Placement, Status


class MentionSerializer(ReferenceSerializer):
    """A place or an organisation that the article names."""

    role = serializers.ChoiceField(MentionRole.choices)


class PersonMentionSerializer(MentionSerializer):
    """Somebody whom the article names."""

    title = serializers.CharField(help_text="As the article gives it; empty when it gives none.")


class DatelineSerializer(serializers.Serializer[Any]):
    """Where and when the report was filed."""

    place = ReferenceSerializer(allow_null=True)
    text = serializers.CharField(help_text="As it stood in the copy.")
    date = serializers.DateField(allow_null=True)
    year_is_guess = serializers.BooleanField(help_text="The copy names no year.")


class CorrectionSerializer(serializers.Serializer[Any]):
    """A public note on the article: what was wrong and what is right."""

    id = serializers.IntegerField()
    kind = serializers.ChoiceField(CorrectionKind.choices)
    wrong = serializers.CharField(help_text="What was wrong; empty where the note says none.")
    text = serializers.CharField(help_text="What is right, or the note itself.")
    paragraph = serializers.CharField(help_text="The paragraph it concerns, such as p4, or empty.")
    placement = serializers.ChoiceField(
        Placement.choices, help_text="Where it stands on the page, above or below the text."
    )
    created_at = serializers.DateTimeField()


class DiscussionSerializer(serializers.Serializer[Any]):
    """The readers' comments."""

    open = serializers.BooleanField(help_text="Whether a comment may be left.")
    count = serializers.IntegerField()
    url = serializers.URLField(help_text="The comments in the API.")
    results = CommentSerializer(
        many=True, required=False, help_text="The first of them, with include=comments."
    )


class ArticleSerializer(serializers.Serializer[Any]):
    """An article. Where `fields` chooses, the keys that were not chosen are left out."""

    id = serializers.IntegerField()
    url = serializers.URLField(help_text="Its address in the API.")
    html_url = serializers.URLField(help_text="Its page for readers.")
    headline = serializers.CharField()
    slug = serializers.CharField()
    summary = serializers.CharField()
    body = serializers.CharField(help_text="Safe HTML. In a list only with include=body.")
    dateline = DatelineSerializer()
    status = serializers.ChoiceField([Status.PUBLISHED.value])
    published_at = serializers.DateTimeField()
    updated_at = serializers.DateTimeField()
    language = serializers.CharField(help_text="A BCP 47 tag.")
    section = ReferenceSerializer(allow_null=True)
    authors = ReferenceSerializer(many=True)
    tags = ReferenceSerializer(many=True)
    places = MentionSerializer(many=True)
    people = PersonMentionSerializer(many=True)
    organisations = MentionSerializer(many=True)
    image = ImageSerializer(allow_null=True)
    corrections = CorrectionSerializer(many=True)
    comments = DiscussionSerializer()
    revision = serializers.IntegerField(help_text="The number of this version.")
    source = serializers.CharField(  # type: ignore[assignment]
        help_text="Where the copy came from."
    )
    word_count = serializers.IntegerField()
    deindexed_at = serializers.DateTimeField(
        allow_null=True,
        help_text="Since when it is to be left out of search engines; null where it is not.",
    )
    revisions = RevisionSerializer(many=True, help_text="With include=revisions.")
