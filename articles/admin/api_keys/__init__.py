"""Keys of the API at the desk: who has one, how it is used, a new one, and the end of one."""

from articles.admin.api_keys import page

__all__ = ["page"]
