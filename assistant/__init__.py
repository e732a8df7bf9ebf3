"""Questions to cited answers. Knows nothing of screens."""
