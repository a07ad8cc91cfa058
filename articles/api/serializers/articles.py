"""The shape of an article; ``articles.api.loading`` fills it."""

from typing import Any

from rest_framework import serializers

from articles.api.serializers.comments import CommentSerializer
from articles.api.serializers.images import ImageSerializer
from articles.api.serializers.references import ReferenceSerializer
from articles.api.serializers.revisions import RevisionSerializer
from articles.models import CommentPolicy, CorrectionKind, MentionRole, Placement, Status


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


_ONLY_WITH_A_KEY = "Only with a key that reads drafts."


def _of_the_desk(kind: type[serializers.Field[Any, Any, Any, Any]], text: str) -> Any:
    return kind(required=False, allow_null=True, help_text=f"{text} {_ONLY_WITH_A_KEY}")


class ArticleSerializer(serializers.Serializer[Any]):
    """An article. Where `fields` chooses, the keys that were not chosen are left out."""

    id = serializers.IntegerField()
    url = serializers.URLField(help_text="Its address in the API.")
    html_url = serializers.URLField(
        allow_null=True, help_text="Its page for readers; null before it has one."
    )
    headline = serializers.CharField()
    slug = serializers.CharField()
    summary = serializers.CharField()
    body = serializers.CharField(help_text="Safe HTML. In a list only with include=body.")
    dateline = DatelineSerializer()
    status = serializers.ChoiceField(
        Status.choices, help_text="Everybody is only given what is published."
    )
    published_at = serializers.DateTimeField(allow_null=True, help_text="Null of some drafts.")
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
    revisions = RevisionSerializer(many=True, help_text="With include=revisions.")
    public_from = _of_the_desk(
        serializers.DateTimeField, "From when on readers see it; null where they do not."
    )
    embargo_until = _of_the_desk(
        serializers.DateTimeField, "Nobody outside the newsroom sees it before."
    )
    deindexed_at = _of_the_desk(
        serializers.DateTimeField, "Since when it is out of search engines and of this API."
    )
    comment_policy = serializers.ChoiceField(
        CommentPolicy.choices, required=False, help_text=_ONLY_WITH_A_KEY
    )
    source_id = serializers.CharField(required=False, help_text=_ONLY_WITH_A_KEY)
    updates = _of_the_desk(
        serializers.IntegerField, "The id of the earlier article that it brings up to date."
    )
