"""The public site as plain files, which any web server serves, and which are kept fresh.

``baker.bake`` makes the files of a ``Place`` (a folder or a bucket): complete at first, later only
what has changed. A ``Manifest`` beside them remembers each page and what it shows.
"""
