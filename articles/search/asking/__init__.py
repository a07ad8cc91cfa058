"""Makes criteria of what readers and API consumers ask, and says them in words."""
