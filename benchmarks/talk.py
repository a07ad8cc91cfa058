"""An article that ten thousand readers answered, which synthetic archives have none of."""

from random import Random

from django.core.management.color import no_style
from django.db import connection, transaction

from articles.comments import counts, threads
from articles.models import Article, Comment, CommentState
from articles.synthetic.prose import Prose

COMMENTS = 10_000

_ANSWERS = 0.5
# An answer is to one of so many comments before it.
_ANSWERED = 50
_BATCH = 500


def much_discussed() -> Article:
    """The public article with ``COMMENTS`` comments; made so, when there is none yet."""
    most = Article.objects.public().latest("comment_count")
    if most.comment_count >= COMMENTS:
        return most
    article = Article.objects.public().filter(comment_count=0).earliest("pk")
    random = Random(1)
    prose = Prose(random)
    newest = Comment.objects.order_by("pk").values_list("pk", flat=True).last() or 0
    comments: list[Comment] = []
    for pk in range(newest + 1, newest + 1 + COMMENTS):
        is_answer = comments and random.random() < _ANSWERS
        parent = random.choice(comments[-_ANSWERED:]) if is_answer else None
        text = prose.words(8, 60)
        comment = Comment(
            pk=pk,
            article=article,
            parent=parent,
            state=CommentState.APPROVED,
            author_name=prose.name(2),
            text=text,
            html=f"<p>{text}</p>",
            revision=article.revision,
        )
        threads.place(comment, parent)
        comments.append(comment)
    with transaction.atomic():
        Comment.objects.bulk_create(comments, batch_size=_BATCH)
        counts.recount([article.pk])
        for statement in connection.ops.sequence_reset_sql(no_style(), [Comment]):
            with connection.cursor() as cursor:
                cursor.execute(statement)
    article.refresh_from_db()
    return article
