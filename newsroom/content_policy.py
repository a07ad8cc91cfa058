"""Sends the Content-Security-Policy without building it anew for every page."""

from csp.constants import HEADER
from csp.middleware import CSPMiddleware
from csp.utils import build_policy
from django.http import HttpRequest
from django.http.response import HttpResponseBase

# What django-csp's decorators leave on a response whose policy differs.
OWN_POLICY = {"_csp_config", "_csp_exempt", "_csp_replace", "_csp_update"}


class ContentPolicyMiddleware(CSPMiddleware):
    """django-csp's middleware, with the policy of ordinary pages built once.

    Building it takes longer than most of the other middleware together. A page that used a nonce
    or changes its policy is left to django-csp.
    """

    ordinary_policy: str | None = None

    def process_response(
        self, request: HttpRequest, response: HttpResponseBase
    ) -> HttpResponseBase:
        if getattr(request, "_csp_nonce", None) or OWN_POLICY & vars(response).keys():
            return super().process_response(request, response)
        if self.ordinary_policy is None:
            # In one order, so that all processes send the same, and the web server with files.
            self.ordinary_policy = "; ".join(sorted(build_policy().split("; ")))
        response.headers.setdefault(HEADER, self.ordinary_policy)
        return response
