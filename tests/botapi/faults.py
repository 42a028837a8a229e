"""Faults on order: what shall go wrong with the next calls of a method, and the book of orders not yet served.

From the tests, through the server. Not here: what Telegram refuses by itself, and the carrying out.
"""

from dataclasses import dataclass


@dataclass(frozen=True)
class TooMany:
    """429: not accepted, come back later."""

    retry_after: int = 1


@dataclass(frozen=True)
class ServerError:
    """5xx: not accepted. With `html` the answer is a gateway's page, not JSON."""

    status: int = 502
    html: bool = False


@dataclass(frozen=True)
class Refuse:
    """Any other refusal in Telegram's words, such as Refuse(403, "Forbidden: user is deactivated")."""

    code: int
    description: str


@dataclass(frozen=True)
class Drop:
    """The connection closes without an answer: before the call was accepted, or after."""

    before: bool = True


@dataclass(frozen=True)
class Hang:
    """Accepted, and no answer until so many seconds passed, `server.release()` or the client gave up."""

    seconds: float | None = None


Fault = TooMany | ServerError | Refuse | Drop | Hang


@dataclass
class _Order:
    method: str
    fault: Fault
    times: int
    to: int | None


class FaultBook:
    """Orders are served first come, first served; one call meets at most one fault."""

    def __init__(self) -> None:
        self._orders: list[_Order] = []

    def order(self, method: str, fault: Fault, times: int, to: int | None) -> None:
        if times > 0:
            self._orders.append(_Order(method.lower(), fault, times, to))

    def pending(self, method: str) -> int:
        """How many calls of that method are still to meet a fault."""
        return sum(order.times for order in self._orders if order.method in (method.lower(), "*"))

    def take(self, method: str, chat_id: object) -> Fault | None:
        for order in self._orders:
            if order.method in (method.lower(), "*") and order.to in (None, chat_id):
                order.times -= 1
                if not order.times:
                    self._orders.remove(order)
                return order.fault
        return None

    def clear(self) -> None:
        self._orders.clear()
