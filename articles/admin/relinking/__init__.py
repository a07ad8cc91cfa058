"""Names in the articles that are there: see what one would link, link it, follow the run.

``finding`` has the page that shows and asks, ``runs`` the list of runs and the page of each,
``offers`` what leads there from the page of an entry.
"""

from articles.admin.relinking import runs

__all__ = ["runs"]
