"""Nothing in a test's process may call anybody outside this machine: what tries is told so at once.

Once on, this stays on for the life of the process. Not here: processes that tests start; `make offline` takes the network
from those, too.
"""

import sys
from ipaddress import ip_address
from typing import Any

HERE = {"localhost", "", None}


def enforce() -> None:
    """From now on."""
    sys.addaudithook(_watch)


def _watch(event: str, arguments: tuple[Any, ...]) -> None:
    if event == "socket.connect":
        address = arguments[1]
        host = address[0] if isinstance(address, tuple) else None  # a string is the path of a socket of this machine
    elif event == "socket.getaddrinfo":
        host = arguments[0]
    else:
        return
    if isinstance(host, bytes):
        host = host.decode()
    if host not in HERE and not _is_here(host):
        raise PermissionError(f"a test calls {host}; tests need no network")


def _is_here(host: str) -> bool:
    try:
        return ip_address(host).is_loopback or ip_address(host).is_unspecified
    except ValueError:
        return False
