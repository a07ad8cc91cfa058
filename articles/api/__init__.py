"""The archive as data: /api/v1/, read by anybody, open for comments.

A view reads the parameters, takes ids from a listing, the search or a queryset of what is public,
and hands them to what builds the answer. ``pagination`` moves through lists by cursor,
``parameters`` refuses what nobody offered, ``schema`` describes it all as OpenAPI 3.1.
"""
