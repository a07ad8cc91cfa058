"""The pages that readers post to and come to by their own links, a file per task."""
