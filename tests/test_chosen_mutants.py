"""Which mutants `python -m tests.mutants WORD` tries."""

import sys

import pytest

from tests.mutants import __main__ as command


def test_a_word_without_mutants_runs_nothing(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Without a mutant all tests would run, for minutes."""
    monkeypatch.setattr(sys, "argv", ["mutants", "no such guard"])
    with pytest.raises(SystemExit, match="2"):
        command.main()
    assert "no mutant's description has 'no such guard'" in capsys.readouterr().err
