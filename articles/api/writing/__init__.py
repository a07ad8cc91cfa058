"""What every endpoint that writes does alike, whatever it writes.

``endpoint`` is the straight path of a write: who asks, whether it was asked before
(``idempotency``), the object under its lock, whether it is still as the client knows it
(``preconditions``), the verb, its answer; in one transaction, which a dry run takes back.
``refusals`` are the ways in which it ends otherwise, ``fields`` reads what is sent, and
``description`` tells the schema.

``entities`` writes the vocabulary and ``comments`` moderates, each by the verbs of the desk;
``rights`` asks whether the account may and ``sight`` what the key reads, ``faults`` names what is
wrong inside a field.
"""

from articles.api.writing.description import describe_write
from articles.api.writing.endpoint import WritingEndpoint, Written
from articles.api.writing.fields import StrictSerializer
from articles.api.writing.refusals import Conflict

__all__ = ["Conflict", "StrictSerializer", "WritingEndpoint", "Written", "describe_write"]
