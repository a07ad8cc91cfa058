"""Mail to readers: who is told of what (``notices``), in which words (``letters``), who may be
written to at all (``subscriptions``), and the ``keys`` in its links.
"""
