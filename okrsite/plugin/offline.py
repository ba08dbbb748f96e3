"""Material's offline plugin without its request to another host.

To search a site that is opened from a disk, the plugin lets every page load a script from
unpkg.com, which is no help there. It leaves that out where one of another address is at hand.
"""

from mkdocs.config.defaults import MkDocsConfig

_SCRIPT = "okr/iframe-worker.js"
_REMOTE = "https://unpkg.com/iframe-worker/shim"


def serve_offline(config: MkDocsConfig) -> None:
    """Put our own script in the place of the remote one, whichever plugin is asked first."""
    if not any(_is_offline(name, plugin) for name, plugin in config.plugins.items()):
        return
    scripts: list[str] = config.extra.setdefault("polyfills", [])
    if _REMOTE in scripts:
        scripts[scripts.index(_REMOTE)] = _SCRIPT
    elif not any("iframe-worker" in script for script in scripts):
        scripts.append(_SCRIPT)


def _is_offline(name: str, plugin: object) -> bool:
    """Tell whether a plugin is Material's, by its name with or without that of its theme."""
    options = getattr(plugin, "config", {})
    return name.rpartition("/")[2] == "offline" and bool(options.get("enabled", True))
