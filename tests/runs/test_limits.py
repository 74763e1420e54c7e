import multiprocessing
import sys

import pytest

from evalkit.runs.limits import limit_memory, over_the_limit

LARGE = 2**30


def take_too_much(channel):
    limit_memory(LARGE // 2)
    with pytest.raises(MemoryError):
        bytes(LARGE)
    channel.send(over_the_limit())
    bytes(LARGE)  # to say so may take more
    channel.send(over_the_limit())


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux heeds the limit")
def test_what_runs_out_is_told_once_there_is_room_to():
    ours, theirs = multiprocessing.get_context("fork").Pipe(duplex=False)
    process = multiprocessing.get_context("fork").Process(target=take_too_much, args=(theirs,))
    process.start()
    process.join(10)
    assert ours.recv() == "more memory than the 0.5 GB that a report may take (--memory)"
    assert ours.recv() == "there is no more memory"
