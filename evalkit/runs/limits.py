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


def limit_memory(memory: int) -> None:
    """Let this process, and each that it starts, have so many bytes, or as many as the system lets it have at most.

    What counts is what is allocated to be written to (RLIMIT_DATA), which is near what is resident, and not what is
    only reserved, or mapped from files. Only Linux heeds it.
    """
    if resource:
        most = resource.getrlimit(resource.RLIMIT_DATA)[1]
        limit = memory if most == resource.RLIM_INFINITY else min(memory, most)
        resource.setrlimit(resource.RLIMIT_DATA, (limit, most))


def over_the_limit() -> str:
    """Say what has run out where memory has, and let this process have what it needs to say so itself."""
    limit, most = resource.getrlimit(resource.RLIMIT_DATA) if resource else (None, None)
    if limit == most:
        return "there is no more memory"
    resource.setrlimit(resource.RLIMIT_DATA, (most, most))
    return f"more memory than the {limit / 2**30:.3g} GB that a report may take (--memory)"
