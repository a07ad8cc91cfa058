"""The desk's own pages, which stand before those of Django's admin."""

from django.contrib import admin
from django.urls import path

from articles.admin.front import front_page
from articles.admin.search import quick_search
from articles.admin.suggestions import page as suggestions

app_name = "desk"
urlpatterns = [
    path("", admin.site.admin_view(front_page), name="front"),
    path("search/", admin.site.admin_view(quick_search), name="search"),
    path("suggestions/", admin.site.admin_view(suggestions.suggestions), name="suggestions"),
    path("suggestions/decide/", admin.site.admin_view(suggestions.decide), name="decide_name"),
    path("suggestions/adrift/", admin.site.admin_view(suggestions.see_to), name="see_to_adrift"),
    path("suggestions/undo/", admin.site.admin_view(suggestions.undo), name="undo_names"),
]
