"""Answers criteria: articles in order, with passages, counts, cards and other spellings."""
