"""Valkey, or a server that speaks its protocol, works as the cache."""

from django.core.cache import cache

from newsroom import services


def test_valkey_keeps_values_and_counts(valkey, settings):
    settings.CACHES = {"default": services.cache(valkey)}

    cache.set("front-page", ["a", "b"], timeout=60)
    cache.set("views", 1)
    cache.incr("views")

    assert cache.get("front-page") == ["a", "b"]
    assert cache.get("views") == 2
