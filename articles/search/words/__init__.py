"""Cuts texts and queries into words: what an index keeps and what it is asked."""
