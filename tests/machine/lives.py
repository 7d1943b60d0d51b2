"""The lives that are tried: all that people, platforms, operators and accidents do, in any order."""

from tests.machine.cluster_rules import Kubectl, Operators, Upheavals
from tests.machine.edge_rules import Edges
from tests.machine.git_rules import Developers, PlatformEngineers

STEPS = 10
"""How many rules each life has."""


class Classic(Developers, PlatformEngineers, Edges, Operators, Kubectl, Upheavals):
    """An app behind a claim."""


class Modern(Developers, PlatformEngineers, Edges, Operators, Kubectl, Upheavals):
    """A namespaced composite, without a claim."""

    style = "modern"
