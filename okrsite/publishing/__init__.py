"""From a site that is built to what is published, whichever engine makes its pages."""
