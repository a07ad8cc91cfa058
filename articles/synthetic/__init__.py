"""A synthetic archive for measuring: real place names, invented everything else."""
