"""The site without MkDocs: Markdown for any generator, or finished pages in a frame of our own."""
