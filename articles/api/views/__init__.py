"""The endpoints, a file per entity."""
