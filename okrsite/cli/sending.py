"""Send a digest to an address of apprise, without ever showing the address."""

import logging
import os
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from okrsite.exports.digest import Digest, to_html, to_markdown, to_text

_MAIL = ("mailto", "mailtos")


class SendingError(Exception):
    """A message was not sent; the text says why, without the address."""


def check_sender() -> None:
    """Raise ImportError where apprise is not installed."""
    import apprise  # noqa: F401 slow to import, and only this needs it


def send(variable: str, digest: Digest, site_url: str | None) -> None:
    """Send a digest to the addresses that an environment variable holds; raise SendingError.

    What services say of a failure may contain the address, so it is not repeated.
    """
    import apprise

    address = os.environ.get(variable, "").strip()
    if not address:
        raise SendingError(f"{variable} isn't set: set it to the address to send to")
    asset = apprise.AppriseAsset(
        app_id="okrsite",
        app_desc=digest.title,
        app_url=site_url or "",
        image_url_mask="",
        image_url_logo="",
    )
    with _silent():
        services = apprise.Apprise(asset=asset)
        try:
            known = services.add(address)
        except Exception:
            known = False
        if not known or not len(services):
            hint = "see https://appriseit.com for the format"
            raise SendingError(f"{variable} isn't an address that Apprise recognises: {hint}")
        failed = sum(not _sent(service, digest, site_url) for service in services)
    if failed:
        whole = f"the message to {variable} was not delivered"
        some = f"{failed} of the {len(services)} messages to {variable} were not delivered"
        hint = "check the address, and whether it can be reached from here"
        raise SendingError(f"{whole if len(services) == 1 else some}: {hint}")


def _sent(service: Any, digest: Digest, site_url: str | None) -> bool:
    """Whether a service took the message: a page by mail, elsewhere text, else Markdown.

    Chats disagree on Markdown, so text is best where they take it; apprise makes HTML of it.
    """
    from apprise import NotifyFormat

    formats = service.notify_format
    formats = (formats,) if isinstance(formats, str) else tuple(formats)
    body, format = _without_title(to_text(digest), 1), NotifyFormat.TEXT
    if NotifyFormat.HTML in formats and _is_mail(service):
        body, format = to_html(digest), NotifyFormat.HTML
    elif formats == (NotifyFormat.MARKDOWN,):
        body, format = _without_title(to_markdown(digest), 2), NotifyFormat.MARKDOWN
    if format is not NotifyFormat.HTML:
        body = _fitting(body, service.body_maxlen, f"… {site_url or ''}".rstrip())
    try:
        return bool(service.notify(body=body, title=digest.title, body_format=format))
    except Exception:
        return False


def _is_mail(service: Any) -> bool:
    protocols: set[str] = set()
    for one in (service.protocol, service.secure_protocol):
        protocols |= {one} if isinstance(one, str) else set(one or ())
    return not protocols.isdisjoint(_MAIL)


def _without_title(text: str, lines: int) -> str:
    """Return a text without its first lines: services have the title on its own."""
    return text.split("\n", lines)[-1]


def _fitting(text: str, most: int, more: str) -> str:
    """Return as many whole lines of a text as a service takes, and `more` if that isn't all."""
    if len(text) <= most:
        return text
    cut = text[: most - len(more)]
    return f"{cut[: cut.rfind(chr(10)) + 1] or cut}{more}"


@contextmanager
def _silent() -> Iterator[None]:
    """Keep the log lines of apprise and of what it uses from being shown: they name addresses."""
    before = logging.root.manager.disable
    logging.disable(logging.CRITICAL)
    try:
        yield
    finally:
        logging.disable(before)
