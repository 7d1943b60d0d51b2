"""The documentation's site replaces a former one, and nothing else."""

from pathlib import Path

import pytest

from package import site


def test_a_folder_with_other_files_is_left_alone(tmp_path: Path) -> None:
    """A slip such as `python -m package.site docs` would empty the folder."""
    kept = tmp_path / "page.md"
    kept.write_text("kept")
    with pytest.raises(ValueError, match="has other files"):
        site.build(tmp_path)
    assert kept.read_text() == "kept"
