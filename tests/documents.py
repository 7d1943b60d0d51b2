"""The documents of a file of YAML, and their problems."""

from function.cli import documents
from function.cli.documents import Document


def read(text: str | bytes) -> list[Document]:
    """The documents of a file f.yaml."""
    return list(documents.read(text if isinstance(text, bytes) else text.encode(), "f.yaml"))


def problems(text: str | bytes) -> list[str]:
    """The messages of its problems."""
    return [str(problem) for document in read(text) for problem in document.problems]
