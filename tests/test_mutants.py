"""The lists of mutants fit the source, so that trying them tries what they say."""

import re
from pathlib import Path

import pytest

from tests.mutants.__main__ import LISTS, ROOT, Mutant, mutants


@pytest.mark.parametrize("mutant", mutants(), ids=lambda mutant: mutant.about)
def test_mutants_find_their_place(mutant: Mutant) -> None:
    """A mutant's text is in its file once, its replacement differs, and its tests are there."""
    assert mutant.edited() != (ROOT / mutant.file).read_text(), "`new` in tests/mutants/ is `old`"
    missing = [test for test in mutant.tests if not is_there(test)]
    assert not missing, f"no such tests in tests/; correct `tests` in tests/mutants/: {missing}"


def is_there(test: str) -> bool:
    """Whether there is a module, or module::test."""
    module, _, name = test.partition("::")
    path = ROOT / "tests" / f"{module}.py"
    return path.is_file() and (not name or f"def {name}(" in path.read_text())


@pytest.mark.parametrize("path", LISTS, ids=lambda path: path.stem)
def test_no_file_is_listed_twice(path: Path) -> None:
    """Each file is in a list once: of two entries with one key, YAML would read the second alone."""
    files = re.findall(r"^([a-z_/]+\.[a-z]+):$", path.read_text(), re.MULTILINE)
    assert files
    assert len(files) == len(set(files))
