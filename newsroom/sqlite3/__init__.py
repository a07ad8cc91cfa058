"""The database engine for SQLite: Django's own, quicker where every statement passes."""
