"""Every variable that the settings read is told of, and no other."""

import ast
import re
from pathlib import Path

BASE = Path(__file__).parents[2]
TABLE = BASE / "docs" / "settings.md"


def variables():
    """The names in `env.<type>("NAME", …)` of the settings modules."""
    found = set()
    for path in (BASE / "config" / "settings").glob("*.py"):
        for node in ast.walk(ast.parse(path.read_text())):
            if (
                isinstance(node, ast.Call)
                and isinstance(node.func, ast.Attribute)
                and getattr(node.func.value, "id", "") == "env"
                and node.args
                and isinstance(node.args[0], ast.Constant)
                and str(node.args[0].value).isupper()
            ):
                found.add(node.args[0].value)
    return found


def test_the_table_names_every_variable():
    told = set(re.findall(r"^\| `([A-Z0-9_]+)` \|", TABLE.read_text(), re.MULTILINE))
    assert told == variables()


def test_the_example_names_only_variables_that_exist():
    example = (BASE / ".env.example").read_text()
    named = set(re.findall(r"^#? ?([A-Z][A-Z0-9_]+)=", example, re.MULTILINE))
    assert named
    assert named <= variables()
