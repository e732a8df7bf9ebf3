"""Look at all that is configured and say what to mend; nothing is changed."""
