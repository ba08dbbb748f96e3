"""The catalogues of the interface: which texts there are, and how they are said in each language.

`python -m okrsite.dev.translations` takes new texts of the code and the templates into every
catalogue, leaves out unused ones, and lists what still wants a translation.
"""

from okrsite.dev.translations.faults import faults_of
from okrsite.dev.translations.files import read_catalogue, text_of, updated
from okrsite.dev.translations.texts import Text, texts_of

__all__ = ["Text", "faults_of", "read_catalogue", "text_of", "texts_of", "updated"]
