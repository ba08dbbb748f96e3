"""Documents to documents: text in, text out, and every byte that is not meant stays as it was."""
