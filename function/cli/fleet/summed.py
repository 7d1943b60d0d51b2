"""All effects on a fleet in a few lines: sums, and apps to which the same happens."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from function.cli.changes import TITLES, Kind
from function.cli.fleet.worlds import Effect

APP, NAMESPACE = "<app>", "<namespace>"


@dataclass(frozen=True, slots=True)
class Group:
    """Apps to which the same happens."""

    kind: Kind
    message: str
    """With the names of several apps written as <app>."""
    apps: Sequence[str]


def groups(effects: Sequence[Effect]) -> list[Group]:
    """All changes, the same of several apps as one: the most important first, then those of most apps."""
    alike: dict[tuple[Kind, str], dict[str, str]] = {}
    for effect in effects:
        for change in effect.changes:
            messages = alike.setdefault((change.kind, general(effect, change.message)), {})
            messages[str(effect.where).partition(" ")[2]] = change.message
    order = list(TITLES)
    found = [
        Group(kind, message if len(apps) > 1 else next(iter(apps.values())), list(apps))
        for (kind, message), apps in alike.items()
    ]
    return sorted(found, key=lambda group: (order.index(group.kind), -len(group.apps), group.message))


def general(effect: Effect, message: str) -> str:
    """A message without the app's own name and namespace, where they are parts of names."""
    name, namespace = re.escape(effect.where.name), re.escape(effect.where.namespace)
    message = re.sub(rf"--{namespace}(?=\.)", f"--{NAMESPACE}", message)
    message = re.sub(rf"(?<![\w.-]){namespace}/{name}(?![\w-])", f"{NAMESPACE}/{APP}", message)
    return re.sub(rf"(?<![\w.-]){name}(?=[-.:;,]|$)", APP, message)


def headline(effects: Sequence[Effect]) -> str:
    """The whole in one sentence."""
    changed = [each for each in effects if each.changes]
    total = counted(len(effects), "app")
    if not changed:
        return f"{total}: nothing changes"
    verb = "changes" if len(changed) == 1 else "change"
    return f"{total}, of which {len(changed)} {verb}: {', '.join(sums(effects))}"


def sums(effects: Sequence[Effect]) -> Iterator[str]:
    """What happens in numbers, the most important first."""
    kinds = [{change.kind for change in each.changes} for each in effects]
    objects = [change.kind for each in effects for change in each.changes]
    hosts, pods = (sum(each.weight[part] for each in effects) for part in (0, 1))
    phrases = (
        ("refuses {}", sum("refused" in each for each in kinds), "app"),
        ("would refuse {} today", sum("breach" in each for each in kinds), "app"),
        ("can't be undone for {}", sum("irreversible" in each for each in kinds), "app"),
        ("moves {}", hosts, "host"),
        ("rolls {}", pods, "pod"),
        ("deletes {}", objects.count("deleted"), "object"),
        ("creates {}", objects.count("created"), "object"),
        ("changes {}", objects.count("changed"), "object"),
        ("holds fields of {}", sum("held" in each for each in kinds), "app"),
    )
    yield from (phrase.format(counted(number, noun)) for phrase, number, noun in phrases if number)


def counted(number: int, noun: str) -> str:
    """A number with its noun."""
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"
