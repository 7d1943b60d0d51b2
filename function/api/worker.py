"""`workers` of a NodeApp."""

from typing import Annotated, ClassVar

from pydantic import Field

from function.api.fields import short_names
from function.api.image import Image
from function.api.model import Rule
from function.api.process import LongRunning

DOES_SOMETHING = Rule(
    "(has(self.image) && self.image != '') || has(self.command) || has(self.args)",
    lambda worker: bool(worker.image or worker.command or worker.args),
    "must have a command, args or an image: without any it would be another backend that nobody reaches",
)


class Worker(LongRunning):
    """A program that works in the background, such as a consumer of a queue. It has the backend's
    environment with PORT, secrets, files and database. Nothing is sent to it, and nothing probes it."""

    image: Image | None = None
    """Container image, with a tag or digest. Default: the backend's."""
    shutdown_seconds: Annotated[int, Field(ge=10, le=3600)] | None = None
    """Seconds that a pod gets to stop, from SIGTERM until it is killed. Default: 45."""

    rules: ClassVar[tuple[Rule, ...]] = (*LongRunning.rules, DOES_SOMETHING)


Workers = Annotated[dict[str, Worker], Field(max_length=16), short_names(15)]
