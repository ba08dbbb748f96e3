"""How long a build takes, beside Material's own: `make benchmark`."""
