from pathlib import Path

import pytest

from tests.importing.samples import SITE, Sheets


@pytest.fixture
def sheets(tmp_path: Path) -> Sheets:
    return Sheets(tmp_path, SITE)
