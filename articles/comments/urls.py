"""Where comments are posted to; included by ``articles.urls``."""

from django.urls import path

from articles.comments.views import comments

urlpatterns = [
    path("<int:year>/<str:month>/<str:day>/<str:slug>/comments/", comments, name="comments"),
]
