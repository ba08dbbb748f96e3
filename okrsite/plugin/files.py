"""MkDocs' files as the files of a site."""

import os
from pathlib import Path

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import Files

from okrsite.documents.folder import Folder
from okrsite.documents.trees import METADATA_FILE
from okrsite.publishing.files import SiteFiles
from okrsite.util.markdown_files import MARKDOWN


def site_files(config: MkDocsConfig, files: Files) -> SiteFiles:
    """Return the files below docs_dir; the documents are MkDocs' pages among them."""
    project = Path(config.config_file_path or config.docs_dir).parent
    folder = Folder(project, Path(config.docs_dir), "", _metadata_file(config))
    top = os.path.normpath(config.docs_dir)
    own = [file for file in files if file.generated_by is None]
    found = {f.src_uri: f.abs_src_path or "" for f in own if _is_below(f.src_dir, top)}
    documents = (
        file.src_uri
        for file in files.documentation_pages()
        if file.src_uri.endswith(MARKDOWN) and file.generated_by is None
    )
    return SiteFiles(folder, found, documents)


def _is_below(folder: str | None, top: str) -> bool:
    return bool(folder) and os.path.normpath(str(folder)) == top


def _metadata_file(config: MkDocsConfig) -> str:
    """Return the option `meta_file` of Material's plugin `meta`."""
    for name, plugin in config.plugins.items():
        if name.rpartition("/")[2] == "meta":
            return str(plugin.config.get("meta_file") or METADATA_FILE)
    return METADATA_FILE
