"""A language model of the user's own: optional, and never the judge of what is true."""
