"""Writes what other sites show of this one: badges, and a frame of each objective."""

from pathlib import Path

from okrsite.render import Renderer
from okrsite.views.badge import badges
from okrsite.views.elsewhere import frame_file
from okrsite.views.embedded import frame_view
from okrsite.views.site import Site
from okrsite.writing import Output


def publish_badges(site: Site, renderer: Renderer, folder: Path) -> None:
    """Write the badges into the folder of the site."""
    output = Output(folder)
    for badge in badges(site):
        output.write(badge.file, renderer.render("badge", badge.view))


def publish_frames(site: Site, renderer: Renderer, folder: Path) -> None:
    """Write the frames of all objectives into the folder of the site."""
    output = Output(folder)
    for id in site.project.objectives:
        if file := frame_file(id):
            output.write(file, renderer.render("embedded_objective", frame_view(site, id)))
