"""Whole lives of an app: people, platforms, operators and accidents in any order. No order loses data.

A failure prints the rules that led to it, in order, and after each the message of the NodeApp's status.
HYPOTHESIS_PROFILE=deep runs hundreds of lives, search other hundreds each time.
"""

from hypothesis import settings

from tests.machine.lives import STEPS, Classic, Modern

LIVES = settings(stateful_step_count=STEPS, max_examples=settings().max_examples * 2 // 3)
"""How many lives of each style are run, 8 by default: the default run is promised to take two minutes."""

TestClassic = Classic.TestCase
TestModern = Modern.TestCase
TestClassic.settings = TestModern.settings = LIVES
