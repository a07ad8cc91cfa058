"""The summary as it stands between headline and text."""

from django.utils.html import escape

# How much of a summary must stand at the start of the text for it to be left out.
_REPEATED = 60


def standfirst(summary: str, body: str) -> str:
    """``summary``, or nothing where ``body``, which is clean HTML, begins with the same words.

    A summary drawn from the first sentences says nothing to who reads them right below.
    """
    lead = body[body.find(">") + 1 :]
    return "" if lead.startswith(escape(summary[:_REPEATED])) else summary
