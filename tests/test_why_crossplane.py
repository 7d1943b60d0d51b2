"""Messages of Crossplane that nodeapp why understands, as Crossplane 2.3 prints them."""

import pytest

from function.cli.why.refusals import refusal


@pytest.mark.parametrize(
    ("message", "remedy"),
    [
        (
            'composite resource "one-k" that is not bound to this claim: bound to claim "one"',
            "take resourceRef out of the manifest",
        ),
        (
            "CompositionRevision x does not have a valid function pipeline: pipeline status unknown",
            "hasn't read the function's package yet (pipeline status unknown)",
        ),
        (
            "cannot select Composition: no compatible Compositions found",
            "the platform team must install the Configuration",
        ),
        (
            'composed resource without required "crossplane.io/composition-resource-name" annotation',
            "took the annotation crossplane.io/composition-resource-name off an object of the app",
        ),
        (
            "cannot run Composition pipeline step x: code = Unavailable desc = produced zero addresses",
            "the function doesn't answer Crossplane",
        ),
    ],
)
def test_a_message_of_crossplane_is_understood(message: str, remedy: str) -> None:
    """It becomes a sentence with the cause or the remedy, and a command that shows more."""
    known = refusal(message, "shop")

    assert known
    assert remedy in known.message
    assert known.command.startswith("kubectl get ")
