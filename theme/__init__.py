"""Package data: the templates, styles and scripts of the pages. It holds no code."""
