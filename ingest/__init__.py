"""Documents to index. Knows nothing of questions."""
