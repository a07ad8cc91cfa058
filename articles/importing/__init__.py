"""Files to articles: a reader per format, then stages that are the same for all of them."""
