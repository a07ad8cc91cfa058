"""An article at the desk: its page, the list of articles, and what can be done from there."""
