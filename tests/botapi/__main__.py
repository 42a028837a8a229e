"""The server by hand: `python -m tests.botapi --port N`; the console is a person in front of the bot.

From a shell. A line is said; "[…" taps the button with that text; the end of input stops. Not here: anything a test needs.
"""

import argparse
import sys
from threading import Event, Thread

from tests.botapi.people import Person
from tests.botapi.server import TOKEN, BotApiServer


def show(server: BotApiServer, person: Person, ended: Event) -> None:
    """Prints what the bot shows, as it comes."""
    shown = 0

    def something() -> bool:
        return ended.is_set() or len(person.chat) > shown

    while not ended.is_set():
        with server.state.changed:
            server.state.changed.wait_for(something)
            new = person.chat[shown:]
        shown += len(new)
        for entry in new:
            if entry.who == "bot":
                print(entry, flush=True)


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m tests.botapi", description="a Bot API server for trying the bot by hand")
    parser.add_argument("--port", type=int, default=8081)
    parser.add_argument("--token", default=TOKEN)
    parser.add_argument("--person", type=int, default=1001, help="the id of the person at the console")
    given = parser.parse_args()
    with BotApiServer(given.token, port=given.port) as server:
        person = server.person(given.person)
        print(f"api base {server.url}, token {server.token}", flush=True)
        ended = Event()
        printer = Thread(target=show, args=(server, person, ended), daemon=True)
        printer.start()
        try:
            for line in sys.stdin:
                speak(person, line.strip())
        except KeyboardInterrupt:
            pass
        with server.state.changed:
            ended.set()
            server.state.note()
        printer.join()


def speak(person: Person, line: str) -> None:
    try:
        if line.startswith("["):
            person.taps(line.strip("[]"))
        elif line:
            person.says(line)
    except AssertionError as wrong:  # no such button: said, and the talk goes on
        print(wrong, flush=True)


if __name__ == "__main__":
    main()
