"""People and the positions they held, from a table (CSV).

``table`` reads lines of cells from bytes nobody vouches for, ``rows`` makes of a line what it says
of a person, ``writer`` stores a batch of them, ``run`` goes through a file.
"""

from articles.importing.people.run import Line, Outcome, run

__all__ = ["Line", "Outcome", "run"]
