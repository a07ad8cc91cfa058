"""Readers report a comment to the moderators, and an error in an article to the editors."""
