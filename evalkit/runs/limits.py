"""What a report may take of time and memory."""

from __future__ import annotations

from dataclasses import dataclass

try:
    import resource
except ImportError:  # Windows has no such limits
    resource = None


@dataclass(frozen=True)
class Limits:
    """What a report may take: seconds, and bytes of memory for each of its processes."""

    seconds: float = 300.0
    memory: int = 4 * 2**30


def limit_memory(memory: int | None) -> None:
    """Let this process, and what it starts, have so many bytes each; None for as many as it needs.

    What counts is what is allocated to be written to (RLIMIT_DATA), within some percent of what a report has resident,
    and not what is only reserved, or mapped from files. Only Linux heeds it.
    """
    if resource:
        most = resource.getrlimit(resource.RLIMIT_DATA)[1]
        resource.setrlimit(resource.RLIMIT_DATA, (memory or most, most))


def over_the_limit() -> str:
    """Say what has run out where memory has, and let this process have what it needs to say so itself."""
    limit = resource.getrlimit(resource.RLIMIT_DATA)[0] if resource else None
    if not resource or limit == resource.RLIM_INFINITY:
        return "there is no more memory"
    limit_memory(None)
    return f"more memory than the {limit / 2**30:.3g} GB that a report may take (--memory)"
