"""Remembers which images the bodies of articles show, so that none is removed from under one."""

import re
from collections.abc import Iterable

from articles.models import Article, Illustration, Image

# Uploaded files are named for their content (see ``articles.pictures``).
_OF_IMAGE = re.compile(r'<img\b[^>]*\ssrc="[^"]*/([0-9a-f]{64})[^"/]*"')


def digests(body: str) -> set[str]:
    """The SHA-256 of each image of ours that a body shows."""
    return set(_OF_IMAGE.findall(body))


def note_illustrations(articles: Iterable[Article]) -> None:
    """Make the illustrations of stored articles follow their bodies, in bulk."""
    shown = {article.pk: digests(article.body) for article in articles}
    present = {
        (article, digest): pk
        for pk, article, digest in Illustration.objects.filter(article__in=shown).values_list(
            "pk", "article", "image__sha256"
        )
    }
    wanted = {(pk, digest) for pk, of_article in shown.items() for digest in of_article}
    if gone := [pk for key, pk in present.items() if key not in wanted]:
        Illustration.objects.filter(pk__in=gone).delete()
    if not (new := wanted - present.keys()):
        return
    images = dict(
        Image.objects.filter(sha256__in={digest for _, digest in new}).values_list("sha256", "pk")
    )
    Illustration.objects.bulk_create(
        (
            Illustration(article_id=article, image_id=images[digest])
            for article, digest in sorted(new)
            if digest in images
        ),
        ignore_conflicts=True,
    )
