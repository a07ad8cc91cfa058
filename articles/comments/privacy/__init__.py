"""What is kept of readers: copied and removed at their wish (``data``, ``requests``), and forgotten
by itself (``forgetting``).
"""
