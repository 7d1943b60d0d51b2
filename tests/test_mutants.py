"""The list of mutants fits the source, so that trying them tries what it says."""

import re

import pytest

from tests.mutants.__main__ import LIST, ROOT, Mutant, mutants


@pytest.mark.parametrize("mutant", mutants(), ids=lambda mutant: mutant.guard)
def test_mutants_find_their_place(mutant: Mutant) -> None:
    """A mutant's text is in its file once, its replacement differs, and its tests are files."""
    count = (ROOT / mutant.file).read_text().count(mutant.old)
    assert count == 1, f"{mutant.file} has `old` {count} times: correct it in tests/mutants/mutants.yaml"
    assert mutant.new != mutant.old, "`new` in tests/mutants/mutants.yaml is `old`"
    missing = [name for name in mutant.tests if not (ROOT / "tests" / f"{name}.py").is_file()]
    assert not missing, f"no such files in tests/; correct `tests` in tests/mutants/mutants.yaml: {missing}"


def test_no_file_is_listed_twice() -> None:
    """Each file has one list of mutants: of two with one key, YAML would read the second alone."""
    files = re.findall(r"^([a-z_/]+\.py):$", LIST.read_text(), re.MULTILINE)
    assert len(files) == len(set(files))
