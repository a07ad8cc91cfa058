"""New from copy: a wire story pasted or dropped, read at once, and brought in as a draft or before
readers, by the code that ``import_articles`` uses.

``page`` is the view; ``forms`` holds the copy and the article's fields, ``entries`` what it names,
``values`` what a field says when copy is read again, ``reading`` all of that together.
"""
