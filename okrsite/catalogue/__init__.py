"""The catalogues of the interface: which texts there are, and how they are said in each language.

`python -m okrsite.catalogue` takes new texts of the code and the templates into every catalogue,
leaves out those that nobody says any more, and lists what still wants a translation.
"""

from okrsite.catalogue.faults import faults_of
from okrsite.catalogue.files import read_catalogue, text_of, updated
from okrsite.catalogue.texts import Text, texts_of

__all__ = ["Text", "faults_of", "read_catalogue", "text_of", "texts_of", "updated"]
