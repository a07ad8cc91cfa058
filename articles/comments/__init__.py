"""A reader's comment from form to page, and what the newsroom does with it.

A comment goes through ``forms``, ``submission``, which asks ``judging`` for the state that it
starts in and ``flood`` whether it comes too soon, and ``threads``, which place it; ``discussion``
brings it to the article's page. ``own`` is what its author may still do with it, ``moderation`` and
``staff`` what the newsroom does; ``counts`` are kept with every change of state. ``reporting``
takes what readers find wrong with a comment or with the article, ``mail`` tells readers what became
of their comments and moderators what waits, ``privacy`` gives out and removes what is kept.

Below them all: ``text`` makes safe what was typed; ``policy`` says whether an article takes
comments; ``senders``, ``drafts``, ``networks``, ``tokens`` and ``addresses`` are words they share.
"""
