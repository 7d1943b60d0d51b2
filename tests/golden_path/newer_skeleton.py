"""What a platform engineer changes in the skeletons between two versions, in the tests of updates."""

import re
from collections.abc import Callable

from tests.golden_path.updating import NEWER, TEMPLATES, Edits, replaced

PARTS = ("frontend", "backend", "deploy")
FIELD = "      properties:\n        region: {type: string, default: eu}\n"
VALUE = "version: *version\n          region: ${{ parameters.region }}"


def versions(**moved: str) -> Callable[[str], str]:
    """An edit of package.json: other versions of packages that it has."""

    def change(text: str) -> str:
        for name, version in moved.items():
            text, found = re.subn(rf'("{name}": )"[^"]+"', rf'\1"{version}"', text)
            assert found == 1, name
        return text

    return change


def newer_skeleton() -> Edits:
    """A new answer, a title, a page, a file less, and newer dependencies."""

    def template(text: str) -> str:
        for old, new in (
            ("&version 1.0.0", f"&version {NEWER}"),
            ("      properties:\n", FIELD),
            ("version: *version", VALUE),
        ):
            text = replaced(old, new)(text)
        return text

    changes: dict[str, Callable[[str], str] | str | None] = dict.fromkeys(TEMPLATES, template)
    for part in PARTS:
        folder = f"skeletons/{part}"
        changes |= {
            f"{folder}/README.md.njk": replaced(f" {part}\n", f": the {part}\n"),
            f"{folder}/docs/index.md{'.njk' * (part == 'deploy')}": lambda text: f"{text}\nNew.\n",
            f"{folder}/.editorconfig": None,
            f"{folder}/docs/region.md.njk": "${{ values.name }} is in ${{ values.region }}.\n",
        }
    changes["skeletons/frontend/docs/design.md"] = replaced("# How it is built\n", "# How it is made\n")
    changes["skeletons/backend/docs/picture.png"] = "the skeleton's\0"
    changes["skeletons/frontend/package.json"] = versions(vite="98.0.0", jsdom="98.0.0")
    return changes
