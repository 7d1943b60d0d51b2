"""PostgreSQL's own programs refuse the texts that the function refuses, and take the others."""

import pytest

from tests.plane.modules import MissingError
from tests.postgres.single import server
from tests.test_text_parameters import REFUSED, TAKEN


def test_postgresql_judges_texts_the_same() -> None:
    """Each text of the function's own tests, on PostgreSQL 18, which has all of these parameters."""
    try:
        with server(18) as asked:
            refused = {setting(name, value) for name, value, _ in REFUSED}
            failed = asked.failed([*sorted(refused), *(setting(*each) for each in TAKEN)])
    except MissingError as error:
        pytest.skip(str(error))
    assert failed == refused


def setting(name: str, value: str) -> str:
    """The statement that has PostgreSQL judge a text as it does when it starts."""
    return f"ALTER SYSTEM SET {name} TO '{value}'"
