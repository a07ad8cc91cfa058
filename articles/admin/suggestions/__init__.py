"""The desk's screen of suggestions: every name that machines were not sure of, once, with all the
articles that have it.

``scope`` says which suggestions are looked at, ``names`` which names wait among them, ``facts``
what there is to know of the one in front, ``verbs`` what can be decided and ``undoing`` how that is
taken back; ``adrift`` is the tab of what editors had decided and the text no longer says.
"""
