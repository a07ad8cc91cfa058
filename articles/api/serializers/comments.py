"""Comments: as everybody may read them, and as a reader sends one."""

from typing import Any

from django.utils.timezone import localtime
from rest_framework import serializers

from articles.api.links import Links
from articles.api.writing.fields import StrictSerializer
from articles.comments.threads.pages import on_page
from articles.models import Badge, Comment


class CommenterSerializer(serializers.Serializer[Comment]):
    name = serializers.CharField()
    website = serializers.CharField(help_text="Empty when none was given.")


class CommentSerializer(serializers.Serializer[Comment]):
    """A comment as everybody sees it; who wrote it is known by name and website only."""

    id = serializers.IntegerField()
    url = serializers.URLField(help_text="Its address in the API.")
    html_url = serializers.URLField(help_text="Its place on the article's page.")
    article = serializers.IntegerField(help_text="The id of the article.")
    article_url = serializers.URLField()
    parent = serializers.IntegerField(  # type: ignore[assignment]  # not the attribute of fields
        allow_null=True, help_text="The id of the comment that it answers."
    )
    depth = serializers.IntegerField(help_text="0 for a comment on the article itself.")
    author = CommenterSerializer()
    html = serializers.CharField(help_text="What it says, as safe HTML.")
    revision = serializers.IntegerField(help_text="The version of the article that it answers.")
    created_at = serializers.DateTimeField()
    edited_at = serializers.DateTimeField(allow_null=True, help_text="When it was changed last.")
    badge = serializers.ChoiceField(
        choices=Badge.choices, allow_null=True, help_text="Who of the newsroom wrote it."
    )
    featured = serializers.BooleanField(help_text="Whether editors put it forward.")

    def to_representation(self, instance: Comment) -> dict[str, Any]:
        """``instance`` is from ``visibility.public_comments``."""
        links: Links = self.context["links"]
        return {
            "id": instance.pk,
            "url": links.endpoint("comment", instance.pk),
            "html_url": links.page(
                on_page(instance.article.path or "", instance.article.comment_count, instance.pk)
            ),
            "article": instance.article_id,
            "article_url": links.endpoint("article", instance.article_id),
            "parent": instance.answers,  # type: ignore[attr-defined]
            "depth": instance.depth,
            "author": {"name": instance.author_name, "website": instance.author_website},
            "html": instance.html,
            "revision": instance.revision,
            "created_at": localtime(instance.created_at),
            "edited_at": localtime(instance.edited_at) if instance.edited_at else None,
            "badge": instance.badge or None,
            "featured": instance.featured_at is not None,
        }


class NewCommentSerializer(StrictSerializer):
    """A comment as a reader sends it, under the names of the form."""

    author = serializers.CharField(help_text="Your name, as it will be shown.")
    email = serializers.CharField(help_text="Your e-mail address. It is never shown.")
    url = serializers.CharField(
        required=False, allow_blank=True, allow_null=True, help_text="Your website."
    )
    comment = serializers.CharField(help_text="What you have to say, as plain text.")
    parent = serializers.IntegerField(  # type: ignore[assignment]
        required=False, allow_null=True, help_text="The id of the comment that you answer."
    )
    wants_replies = serializers.BooleanField(
        required=False, default=False, help_text="Mail of answers, once the address is confirmed."
    )
    wants_decision = serializers.BooleanField(
        required=False, default=False, help_text="Mail of approval, once the address is confirmed."
    )


class HeldCommentSerializer(serializers.Serializer[Any]):
    """What is said of a comment that waits for a moderator."""

    detail = serializers.CharField()
    id = serializers.IntegerField()
    html_url = serializers.URLField(help_text="Where its author, and nobody else, sees it held.")
