"""The desk's own pages, which stand before those of Django's admin."""

from django.contrib import admin
from django.urls import path

from articles.admin.front import front_page
from articles.admin.search import quick_search

app_name = "desk"
urlpatterns = [
    path("", admin.site.admin_view(front_page), name="front"),
    path("search/", admin.site.admin_view(quick_search), name="search"),
]
