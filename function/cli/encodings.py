"""Why bytes aren't text that YAML may have: said so that their author finds the place and the remedy."""

import codecs
import re

UTF_16 = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
"""How a text begins that PowerShell 5 writes by > and by Out-File."""
CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ufffe\uffff]")
"""Characters that YAML doesn't allow (YAML 1.1, 5.1)."""
CONFLICT = re.compile(r"(?m)^(<{7} |>{7} |={7}$)")
"""What Git writes into a file between two versions of it."""


def undecodable(data: bytes) -> str:
    """Why bytes aren't UTF-8."""
    if data.startswith(UTF_16):
        return "is text in UTF-16; save it as UTF-8"
    return "isn't text in UTF-8; save it as such, if it is text at all"


def control(text: str) -> tuple[tuple[int, int], str] | None:
    """Line and column, from 1, of the first character that YAML doesn't allow, and what it is."""
    found = CONTROL.search(text)
    if found is None:
        return None
    line, column = text.count("\n", 0, found.start()) + 1, found.start() - text.rfind("\n", 0, found.start())
    return (line, column), f"isn't YAML: the control character U+{ord(found[0]):04X} isn't allowed; remove it"


def conflict(text: str) -> str:
    """What to do about a conflict of a merge in a text; empty if there is none."""
    if found := CONFLICT.search(text):
        line = text.count("\n", 0, found.start()) + 1
        return f"; Git left a conflict in line {line}: choose one of both versions"
    return ""
