"""A reader's comment from form to page, and its moderation.

``forms`` and ``submission`` take a comment in. ``judgement`` puts what is known of it before the
``ladder``, which says whether it is shown at once: by ``standings``, ``words``, ``imitation``,
``suspicion`` and ``learning``; ``trial`` tries other rules on what has come. ``flood`` slows down,
``moderation`` changes what was said, ``threads`` and ``discussion`` bring it to the article's page.
``own`` is what its author may still do with it, ``reports`` and ``error_reports`` take what readers
find wrong with a comment or with the article. ``mail`` tells readers what became of their comments
and ``moderator_mail`` moderators what waits; ``privacy`` gives out and removes what is kept.
"""
