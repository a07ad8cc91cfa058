"""The shapes of answers, a file per entity; the schema is made from them."""
