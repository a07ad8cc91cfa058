"""Mail on its way out: written in the transaction that it tells of, delivered later.

``outbox`` takes letters in, ``message`` makes a mail of each, ``delivery`` sends what is due.
"""

from articles.mailing.outbox import Letter, is_address, post

__all__ = ["Letter", "is_address", "post"]
