# What the emulation leaves out, as an exception that carries the reason.
"""NotEmulatedError."""

from __future__ import annotations


class NotEmulatedError(Exception):
    """Something that packets in namespaces could not show; the text says what, and why."""
