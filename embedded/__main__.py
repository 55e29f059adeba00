"""The command line: `python -m embedded up | frontend | run [--worker] -- command … | test …`"""

import argparse
import sys
from pathlib import Path

from embedded import console, frontend, launcher, testing
from embedded.home import Home
from embedded.processes import ServerError

NOT_YOURS = """\
{path} is not yours to use. Probably Yafig ran here as another user before, such as root. Run it
as that user again, or take the folder over: sudo chown -R "$USER" var
"""


def main(arguments: list[str]) -> int:
    if arguments[:1] == ["test"]:  # all that follows is pytest's
        return testing.main(arguments[1:])
    parser = argparse.ArgumentParser(prog="python -m embedded")
    parser.add_argument("--var", type=Path, default=Home().var, help="where the data is (./var)")
    commands = parser.add_subparsers(dest="command", required=True)
    commands.add_parser("up", help="run the site on this machine until Ctrl-C")
    pages = commands.add_parser("frontend", help="build the pages")
    pages.add_argument("--types", action="store_true", help="write the shapes of the API anew")
    run = commands.add_parser("run", help="run a command on the site's servers")
    run.add_argument("--worker", action="store_true", help="with a worker if the site is down")
    run.add_argument(
        "--throwaway", action="store_true", help="on empty servers that keep nothing, as the tests"
    )
    run.add_argument("program", nargs="+", metavar="command")
    commands.add_parser("test", help="run the tests on servers of their own")
    options = parser.parse_args(arguments)
    if options.command == "up":
        return launcher.up(Home(options.var))
    if options.command == "frontend":
        return frontend.main(Home(options.var), types=options.types)
    if options.throwaway:
        return testing.run(options.program)
    return launcher.run(Home(options.var), options.program, worker=options.worker)


if __name__ == "__main__":
    try:
        sys.exit(main(sys.argv[1:]))
    except PermissionError as error:
        console.say(NOT_YOURS.format(path=error.filename))
        sys.exit(1)
    except ServerError as error:
        console.say(str(error))
        sys.exit(1)
