from __future__ import annotations

import pytest

from launcher.adapters.http.patience import ASK_EVERY_S, Patience, StallRule, Watch
from launcher.domain.errors import Cancelled, TransferStalled
from launcher.domain.progress import Silent

PATIENCE = Patience(answer_s=10, stall=StallRule(min_bytes_per_s=100, window_s=60))


class Hands:
    """A clock moved by the test."""

    def __init__(self) -> None:
        self.now_s = 1000.0

    def monotonic(self) -> float:
        return self.now_s

    def sleep(self, wait_s: float) -> None:
        self.now_s += wait_s


class Counter(Silent):
    def __init__(self) -> None:
        self.asked = 0
        self.messages: list[str] = []

    def advance(self, added_bytes: int) -> None:
        assert added_bytes == 0
        self.asked += 1

    def log(self, message: str) -> None:
        self.messages.append(message)


@pytest.fixture
def hands() -> Hands:
    return Hands()


@pytest.fixture
def observer() -> Counter:
    return Counter()


@pytest.fixture
def watch(hands: Hands, observer: Counter) -> Watch:
    return Watch(PATIENCE, 1000, observer, hands.monotonic, hands.sleep)


def test_answer_must_come_in_time(watch: Watch, hands: Hands) -> None:  # threat D14
    watch.await_answer()
    hands.now_s += 9.9
    watch.check()
    hands.now_s += 0.1

    with pytest.raises(TransferStalled):
        watch.check()


def test_time_for_an_answer_begins_anew_for_each_question(watch: Watch, hands: Hands) -> None:
    for _ in range(3):
        watch.await_answer()
        hands.now_s += 9
        watch.check()


@pytest.mark.parametrize(("size_bytes", "is_enough"), [(5999, False), (6000, True)])
def test_speed_is_measured_over_the_window(  # threat D13
    watch: Watch, hands: Hands, size_bytes: int, *, is_enough: bool
) -> None:
    watch.await_body()
    watch.count(size_bytes)
    hands.now_s += 59.9
    watch.check()
    hands.now_s += 0.1

    if is_enough:
        watch.check()
    else:
        with pytest.raises(TransferStalled):
            watch.check()


def test_fast_beginning_does_not_excuse_a_standstill(watch: Watch, hands: Hands) -> None:  # threat D13
    watch.await_body()
    watch.count(10**9)
    hands.now_s += 60
    watch.check()
    hands.now_s += 60

    with pytest.raises(TransferStalled):
        watch.check()


def test_time_for_all_ends_even_a_fast_transfer(watch: Watch, hands: Hands) -> None:  # threat A12
    watch.await_body()
    for _ in range(19):
        hands.now_s += 50
        watch.count(10**9)
    hands.now_s += 50

    with pytest.raises(TransferStalled):
        watch.count(10**9)


def test_pause_tells_and_lasts_and_keeps_asking(watch: Watch, hands: Hands, observer: Counter) -> None:
    watch.pause(30, "Busy.")

    assert hands.now_s == pytest.approx(1030)
    assert observer.messages == ["Busy. Trying again in 30 s."]
    assert observer.asked == pytest.approx(30 / ASK_EVERY_S, abs=2)


def test_pause_that_would_outlast_the_transfer_is_not_begun(watch: Watch, hands: Hands, observer: Counter) -> None:
    with pytest.raises(TransferStalled):
        watch.pause(1000, "Busy.")

    assert hands.now_s == 1000
    assert observer.messages == []


def test_observer_is_asked_five_times_a_second_at_most(watch: Watch, hands: Hands, observer: Counter) -> None:
    watch.await_body()
    for _ in range(100):
        hands.now_s += 0.01
        watch.count(1000)

    assert 4 <= observer.asked <= 6


def test_cancel_comes_through(hands: Hands) -> None:  # threat D20
    class Impatient(Silent):
        def advance(self, added_bytes: int) -> None:
            raise Cancelled(f"Stopped at {added_bytes}.")

    watch = Watch(PATIENCE, 1000, Impatient(), hands.monotonic, hands.sleep)

    with pytest.raises(Cancelled):
        watch.check()
    with pytest.raises(Cancelled):
        watch.pause(10, "Busy.")
