"""What a person touches: the command line and the chat window. Knows nothing of Chroma."""
