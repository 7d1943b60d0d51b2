"""Files and folders in containers."""

import re
from typing import Annotated, ClassVar

from pydantic import Field

from function.api.model import Model, Rule, matches
from function.api.secrets import AppObject

SEGMENT = r"\.{0,2}[-A-Za-z0-9_@+~][-A-Za-z0-9._@+~]*"
"""A name in a path. It isn't . or .., so each file has one path only."""
PATH = rf"(/{SEGMENT})+"
PATH_RULE = "must be an absolute path without a trailing /, . or .., such as /app/config.yaml"
NOT_OURS = r"(/tmp|/etc/db-ca|/proc|/sys|/dev)(/.*)?"
NOT_OURS_RULE = (
    "must not be in /tmp, which is writable anyway, in /etc/db-ca, where the platform puts the database's "
    "CA, or in /proc, /sys or /dev, which are the kernel's"
)


def hides(folder: str, file: str) -> bool:
    """Whether a scratch folder, which begins empty, and a file can't be mounted both: one is at or below the
    other."""
    return f"{file}/".startswith(f"{folder}/") or folder.startswith(f"{file}/")


def every(pattern: str, message: str) -> Rule:
    """A rule: each path of a map or a list matches a pattern as a whole."""
    return Rule(
        f"self.all(path, path.matches(r'^(?:{pattern})$'))",
        lambda paths: all(re.fullmatch(pattern, path) for path in paths),
        message,
    )


absolute = every(PATH, PATH_RULE)
not_ours = Rule(
    f"!self.exists(path, path.matches(r'^(?:{NOT_OURS})$'))",
    lambda paths: not any(re.fullmatch(NOT_OURS, path) for path in paths),
    NOT_OURS_RULE,
)
apart = Rule(
    "!self.exists(path, self.exists(other, path.startsWith(other + '/')))",
    lambda paths: not any(path.startswith(f"{other}/") for path in paths for other in paths),
    "must not have a path below another one of them",
)


class File(Model):
    """A file: one key of a ConfigMap or Secret in the app's namespace."""

    config_map: AppObject | None = None
    """ConfigMap that has the key."""
    secret: AppObject | None = None
    """Secret that has the key. Files from Secrets can be read by the process only."""
    key: Annotated[
        str,
        Field(max_length=253),
        matches(
            r"\.?[-_A-Za-z0-9][-._A-Za-z0-9]*",
            "must be a key of a ConfigMap or Secret, such as app-config.yaml",
        ),
    ]
    """The key."""

    rules: ClassVar[tuple[Rule, ...]] = (
        Rule(
            "has(self.configMap) != has(self.secret)",
            lambda file: (file.config_map is None) != (file.secret is None),
            "must name either a configMap or a secret",
        ),
    )


Files = Annotated[dict[str, File], Field(max_length=16), absolute, not_ours, apart]
Folders = Annotated[
    list[Annotated[str, Field(max_length=512)]],
    Field(max_length=8),
    absolute,
    not_ours,
    Rule(
        "self.all(path, self.exists_one(other, other == path))",
        lambda paths: len(paths) == len(set(paths)),
        "must name each folder once",
    ),
    apart,
]

FILES_OUTSIDE_FOLDERS = Rule(
    "!has(self.files) || !has(self.writable) || !self.writable.exists(folder, "
    "self.files.exists(file, (file + '/').startsWith(folder + '/') || folder.startsWith(file + '/')))",
    lambda workload: not any(hides(folder, file) for file in workload.files for folder in workload.writable),
    "must not have a file at or below a folder of writable, which begins empty, or a folder below a file",
)
"""A rule of a model with files and writable."""
