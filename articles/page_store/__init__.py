"""Keeps public pages whole, and answers with them before Django does anything.

``application.PageStore`` stands before the WSGI application. A page is kept in the memory of the
process (``memory``) and on a shelf that all processes share (``shelf``), with what it shows
(``articles.freshness``). Before it is given out, ``purges`` says whether that is still so; who
finds it changed renders it anew, once for all who wait (``turns``).
"""
