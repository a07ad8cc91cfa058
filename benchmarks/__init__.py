"""Measures the program as it is served, beside what it could be at best."""
