"""The pages about the API: a guide, a reference made of the schema, and a place to try it out."""

from typing import Any

from django.conf import settings
from django.views.generic import TemplateView

from articles.api import limits
from articles.api.examples import examples
from articles.api.links import Links
from articles.api.schema import reading
from articles.api.visibility import public_articles
from articles.search.finding.facets import SAMPLE


class Guide(TemplateView):
    """How to read, ask, keep up and write, with examples to follow."""

    template_name = "api/guide.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        newest = public_articles().newest().only("path").first()
        found = examples()
        context = {
            "origin": Links(self.request).origin,
            "article": newest.pk if newest else 1,
            "path": newest.path if newest else "/2026/02/01/the-slug/",
            "parameters": reading.parameters_of("articles_list", found),
            "within": found.get("places_list.within", "balochistan"),
            "near": found.get("places_list.near", "30.2,67.0,50km"),
            "rates": settings.API_REQUESTS_A_MINUTE,
            "cost_of_many": limits.COST_OF_MANY,
            "facet_sample": SAMPLE,
        }
        return super().get_context_data(**kwargs) | context


class Reference(TemplateView):
    """Every operation with its parameters and answers, and every shape with its keys."""

    template_name = "api/reference.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = {"subjects": reading.subjects(examples()), "shapes": reading.shapes()}
        return super().get_context_data(**kwargs) | context


class Trial(TemplateView):
    """Swagger UI, from where one can send requests."""

    template_name = "api/trial.html"
