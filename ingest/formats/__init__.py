"""Readers, one a file format: bytes in, a Draft out. They know nothing of each other."""
