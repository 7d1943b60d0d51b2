"""What a linter finds, and what is accepted of it."""

from collections.abc import Sequence
from fnmatch import fnmatchcase
from pathlib import Path
from typing import NamedTuple

import yaml

REASONS = Path(__file__).with_name("reasons.yaml")


class Finding(NamedTuple):
    """One check that an object fails."""

    check: str
    """The check's name, as its linter writes it. kubeconform's is `schema`."""
    where: str
    """The golden, and the object's name where the linter says it: `scaled: dashboard-backend`."""
    message: str
    """What the linter says."""


class Reason(NamedTuple):
    """Why a finding is no fault."""

    check: str
    where: str
    """A pattern as the shell's, for Finding.where."""
    reason: str

    def accepts(self, finding: Finding) -> bool:
        """Whether this is the reason for a finding."""
        return self.check == finding.check and fnmatchcase(finding.where, self.where)


def reasons(linter: str) -> list[Reason]:
    """The reasons on file for a linter's findings."""
    return [Reason(**each) for each in yaml.safe_load(REASONS.read_text()).get(linter, ())]


def unexplained(findings: Sequence[Finding], accepted: Sequence[Reason]) -> list[Finding]:
    """The findings that no reason accepts."""
    return [each for each in findings if not any(reason.accepts(each) for reason in accepted)]


def stale(findings: Sequence[Finding], accepted: Sequence[Reason]) -> list[Reason]:
    """The reasons that no finding needs any more."""
    return [reason for reason in accepted if not any(reason.accepts(each) for each in findings)]
