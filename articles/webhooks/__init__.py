"""Webhooks: others are told of changes as they happen, at an address of theirs.

``writing`` makes deliveries of changes, ``delivering`` sends those that are due, ``sending`` is the
one way out, to ``public_hosts`` only, which ``looking_up`` finds, ``signing`` shows that it was us.
"""
