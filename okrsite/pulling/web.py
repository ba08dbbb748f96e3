"""Answers of addresses, with httpx: from hosts that the settings allow, at most so large."""

import time
from base64 import b64encode
from collections.abc import Collection
from urllib.parse import urljoin, urlsplit

from okrsite.pulling.pulled import MOST_BYTES, SECONDS, PullError

_MOST_REDIRECTS = 5
_LOOPBACK = {"localhost", "127.0.0.1", "::1"}


def fetch(url: str, hosts: Collection[str], token: str | None = None) -> bytes:
    """Return what an address answers; raise PullError with a sentence where it gives none.

    `hosts` are those that may be asked, with a port where it isn't the usual one. Only the host
    that the address names is given the token; it is sent by https, or to this machine.
    """
    try:
        import httpx
    except ImportError:
        hint = "pip install 'okrsite[http]'"
        raise PullError(f"fetching addresses needs an extra: {hint}") from None
    first, end = _host(url), time.monotonic() + SECONDS
    try:
        with httpx.Client(timeout=SECONDS / 2, follow_redirects=False) as client:
            for _ in range(_MOST_REDIRECTS + 1):
                host = _allowed(url, hosts)
                headers = {"User-Agent": "okrsite", "Accept": "application/json, text/csv, */*"}
                if token is not None and host == first:
                    _check_way(url)
                    headers["Authorization"] = _authorization(token)
                with client.stream("GET", url, headers=headers) as answer:
                    if answer.is_redirect:
                        url = urljoin(url, answer.headers["location"])
                        continue
                    if not answer.is_success:
                        raise PullError(_refusal(host, answer.status_code))
                    return _content(answer.iter_bytes(), host, end)
    except httpx.InvalidURL:
        raise PullError("the address can't be read") from None
    except httpx.TimeoutException:
        raise PullError(f"{first} did not answer in time") from None
    except (httpx.HTTPError, UnicodeError) as error:
        raise PullError(f"{first} can't be reached: {type(error).__name__}") from None
    raise PullError(f"{first} redirects more than {_MOST_REDIRECTS} times")


def _authorization(token: str) -> str:
    """Return the header for a token; `user:token` is sent as Jira's cloud wants it."""
    if ":" in token:
        return f"Basic {b64encode(token.encode()).decode()}"
    return f"Bearer {token}"


def _content(pieces: object, host: str, end: float) -> bytes:
    content = bytearray()
    for piece in pieces:  # type: ignore[attr-defined]
        content += piece
        if len(content) > MOST_BYTES:
            raise PullError(f"{host} answers with more than {MOST_BYTES // 1_000_000} MB")
        if time.monotonic() > end:
            raise PullError(f"{host} did not answer in time")
    return bytes(content)


def _refusal(host: str, status: int) -> str:
    hints = {401: ": check the token", 403: ": check the token", 404: ": check the address"}
    return f"{host} answers with status {status}{hints.get(status, '')}"


def _host(url: str) -> str:
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError:
        raise PullError("the address can't be read") from None
    host = (parts.hostname or "").lower()
    usual = {"http": 80, "https": 443}.get(parts.scheme)
    return host if port in (None, usual) else f"{host}:{port}"


def _allowed(url: str, hosts: Collection[str]) -> str:
    host = _host(url)
    if urlsplit(url).scheme not in ("http", "https"):
        raise PullError("only http and https addresses can be fetched")
    if host not in {one.strip().lower() for one in hosts}:
        hint = f"add it to `hosts` below `pull` in the settings: hosts: [{host}]"
        raise PullError(f"{host} isn't allowed: {hint}")
    return host


def _check_way(url: str) -> None:
    parts = urlsplit(url)
    if parts.scheme != "https" and parts.hostname not in _LOOPBACK:
        raise PullError("a token is only sent over https: write the address with https://")
