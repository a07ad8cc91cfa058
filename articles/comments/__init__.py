"""A reader's comment from form to page, and its moderation.

``forms`` and ``submission`` take a comment in, ``ladder`` says whether it is shown at once,
``moderation`` changes what was said, ``threads`` and ``discussion`` bring it to the article's page.
"""
