"""The tables of a site, for the commands that read them."""

from okrsite.checks.registry import all_findings
from okrsite.cli.common import LoadedSite
from okrsite.exports.tables import Source
from okrsite.pages.addresses import page_address


def tables_of(site: LoadedSite) -> Source:
    """Return what the tables of the published project are made of."""
    project, settings = site.published_project, site.configuration.settings

    def address(uri: str) -> str:
        return page_address(uri, site.configuration.directory_urls)

    findings = all_findings(project, settings, site.published)
    return Source.of(project, site.published, address, findings)
