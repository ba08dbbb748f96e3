"""Where a site is, from MkDocs' configuration."""

from pathlib import Path

from mkdocs.config.defaults import MkDocsConfig

from okrsite.publishing.hosting import Hosting


def hosting_of(config: MkDocsConfig) -> Hosting:
    """Return where a site, its files and its repository are."""
    return Hosting(
        project=Path(config.config_file_path or config.docs_dir).parent,
        docs=Path(config.docs_dir),
        directory_urls=config.use_directory_urls,
        site_url=config.site_url,
        repo_url=config.repo_url,
        edit_uri=config.edit_uri,
        edit_uri_template=str(config.edit_uri_template or "") or None,
    )
