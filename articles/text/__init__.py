"""Pure functions on text: no database, no request, no settings."""
