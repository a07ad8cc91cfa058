"""The addresses below /api/v1/."""

from django.urls import path, re_path, register_converter
from django.urls.converters import IntConverter

from articles.api.views import (
    article_verbs,
    articles,
    changes,
    comments,
    docs,
    entities,
    images,
    months,
    root,
)
from articles.api.writing.comments import Decision

app_name = "api"


class IdConverter(IntConverter):
    """A number that fits a database's integers."""

    regex = "[0-9]{1,18}"


register_converter(IdConverter, "id")

urlpatterns = [
    path("", root.Root.as_view(), name="root"),
    path("schema/", root.Schema.as_view(), name="schema"),
    path("docs/", docs.Guide.as_view(), name="docs"),
    path("docs/reference/", docs.Reference.as_view(), name="reference"),
    path("docs/try/", docs.Trial.as_view(), name="trial"),
    path("articles/", articles.ArticleList.as_view(), name="article-list"),
    path("articles/<id:article>/", articles.ArticleDetail.as_view(), name="article-detail"),
    path(
        "articles/<id:article>/comments/",
        comments.ArticleComments.as_view(),
        name="article-comments",
    ),
    path(
        "articles/<id:article>/revisions/",
        articles.ArticleRevisions.as_view(),
        name="article-revisions",
    ),
    *(
        path(f"articles/<id:article>/{verb}/", view.as_view(), name=f"article-{verb}")
        for verb, view in article_verbs.VERBS.items()
    ),
    path("comments/", comments.CommentList.as_view(), name="comment-list"),
    path("comments/moderate/", Decision.as_view(), name="comment-decision"),
    path("comments/<id:key>/", comments.CommentDetail.as_view(), name="comment-detail"),
    path("places/", entities.PlaceList.as_view(), name="place-list"),
    path("places/<str:key>/", entities.PlaceDetail.as_view(), name="place-detail"),
    path("places/<str:key>/merge/", entities.PlaceMerge.as_view(), name="place-merge"),
    path("people/", entities.PersonList.as_view(), name="person-list"),
    path("people/<str:key>/", entities.PersonDetail.as_view(), name="person-detail"),
    path("people/<str:key>/merge/", entities.PersonMerge.as_view(), name="person-merge"),
    path("organisations/", entities.OrganisationList.as_view(), name="organisation-list"),
    path(
        "organisations/<str:key>/",
        entities.OrganisationDetail.as_view(),
        name="organisation-detail",
    ),
    path(
        "organisations/<str:key>/merge/",
        entities.OrganisationMerge.as_view(),
        name="organisation-merge",
    ),
    path("tags/", entities.TagList.as_view(), name="tag-list"),
    path("tags/<str:key>/", entities.TagDetail.as_view(), name="tag-detail"),
    path("tags/<str:key>/merge/", entities.TagMerge.as_view(), name="tag-merge"),
    path("sections/", entities.SectionList.as_view(), name="section-list"),
    path("sections/<str:key>/", entities.SectionDetail.as_view(), name="section-detail"),
    path("authors/", entities.AuthorList.as_view(), name="author-list"),
    path("authors/<str:key>/", entities.AuthorDetail.as_view(), name="author-detail"),
    path("changes/", changes.ChangeList.as_view(), name="change-list"),
    path("months/", months.MonthList.as_view(), name="month-list"),
    path("months/<str:month>/", months.MonthDetail.as_view(), name="month-detail"),
    path("images/", images.ImageList.as_view(), name="image-list"),
    path("images/<id:key>/", images.ImageDetail.as_view(), name="image-detail"),
    # With a slash at its end only: an address without one is redirected to the one with it.
    re_path(r"^[\s\S]+/$", root.Nowhere.as_view()),
]
