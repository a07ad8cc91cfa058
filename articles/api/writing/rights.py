"""Whether an account may do at the desk what a request asks for."""

from django.contrib.auth.models import User
from django.db.models import Model
from rest_framework.exceptions import PermissionDenied

from articles.editing.rules import Viewer


def has_right(by: Viewer, verb: str, model: type[Model]) -> bool:
    """Whether ``by`` may ``add``, ``change``, ``delete`` or ``view`` rows of ``model``."""
    return by.has_perm(f"articles.{verb}_{model._meta.model_name}")


def require_right(by: User, verb: str, model: type[Model]) -> None:
    """Raises ``PermissionDenied`` unless ``by`` has that right."""
    if not has_right(by, verb, model):
        what = model._meta.verbose_name_plural
        raise PermissionDenied(f"The account “{by.get_username()}” may not {verb} {what}.")
