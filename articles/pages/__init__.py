"""The public pages, feeds and sitemaps: a module per kind of page."""
