"""Chooses the form of an answer: by ``?format=``, else by the header ``Accept``."""

from collections.abc import Sequence
from functools import lru_cache

from rest_framework.exceptions import NotAcceptable, ValidationError
from rest_framework.negotiation import DefaultContentNegotiation
from rest_framework.renderers import BaseRenderer
from rest_framework.request import Request


class Negotiation(DefaultContentNegotiation):
    """RFC 9110, section 12.5.1, with the qualities that DRF's own leaves out."""

    def select_renderer(
        self,
        request: Request,
        renderers: Sequence[BaseRenderer],  # type: ignore[override]
        format_suffix: str | None = None,
    ) -> tuple[BaseRenderer, str]:
        """The form asked for; of two that are liked as well, the first of ``renderers``.

        Raises ``ValidationError`` for a format that there is not, ``NotAcceptable`` where none of
        those there are is accepted.
        """
        name = request.query_params.get("format")
        # What is written is answered in JSON; there is no such parameter then.
        is_named = name is not None and request.method in ("GET", "HEAD")
        chosen = (
            self._named(str(name), renderers) if is_named else self._accepted(request, renderers)
        )
        return chosen, str(chosen.media_type)

    def _named(self, name: str, renderers: Sequence[BaseRenderer]) -> BaseRenderer:
        for renderer in renderers:
            if renderer.format == name:
                return renderer
        forms = ", ".join(str(each.format) for each in renderers)
        raise ValidationError({"format": [f"“{name}” is none of: {forms}."]})

    def _accepted(self, request: Request, renderers: Sequence[BaseRenderer]) -> BaseRenderer:
        forms = tuple(str(each.media_type) for each in renderers)
        best = _best(forms, tuple(self.get_accept_list(request)))
        if best is None:
            reason = f"None of the forms accepted is given here. There are: {', '.join(forms)}."
            raise NotAcceptable(reason)
        return renderers[best]


@lru_cache(maxsize=500)
def _best(forms: tuple[str, ...], accepted: tuple[str, ...]) -> int | None:
    """Which of ``forms`` is liked best, the first of equals; None when none is accepted."""
    ranges = [_range(token) for token in accepted]
    qualities = [_quality(form, ranges) for form in forms]
    return qualities.index(max(qualities)) if any(qualities) else None


def _range(token: str) -> tuple[str, float]:
    """A media range of ``Accept`` and its quality, 0 where that is no number."""
    name, *parameters = token.lower().split(";")
    quality = 1.0
    for parameter in parameters:
        key, _, value = parameter.partition("=")
        if key.strip() == "q":
            try:
                quality = float(value)
            except ValueError:
                quality = 0.0
    return name.strip(), quality if 0 <= quality <= 1 else 0.0


def _quality(media_type: str, ranges: Sequence[tuple[str, float]]) -> float:
    """How much ``media_type`` is liked: what the most precise range that holds it says."""
    matching = dict(ranges)
    exact = media_type.split(";", maxsplit=1)[0]
    for name in (exact, f"{exact.split('/')[0]}/*", "*/*"):
        if name in matching:
            return matching[name]
    return 0.0
