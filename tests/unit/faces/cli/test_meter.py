from __future__ import annotations

from launcher.faces.cli.meter import Meter


def test_nothing_is_said_about_speed_at_the_very_beginning() -> None:
    meter = Meter(1000, 0.0)
    meter.add(500, 0.1)

    assert (meter.done_bytes, meter.bytes_per_s(0.1), meter.remaining_s(0.1)) == (500, None, None)


def test_speed_and_time_left_follow_from_the_bytes() -> None:
    meter = Meter(1000, 0.0)
    meter.add(100, 1.0)
    meter.add(100, 2.0)

    assert (meter.bytes_per_s(2.0), meter.remaining_s(2.0)) == (100.0, 8)


def test_speed_is_that_of_the_last_seconds() -> None:
    meter = Meter(None, 0.0)
    for second in range(1, 11):
        meter.add(1_000_000 if second <= 2 else 10, float(second))

    assert meter.bytes_per_s(10.0) == 10.0


def test_a_stall_is_a_speed_of_zero_with_no_end_in_sight() -> None:
    meter = Meter(1000, 0.0)
    meter.add(100, 1.0)
    for tenth in range(11, 120):
        meter.add(0, tenth / 10)

    assert (meter.bytes_per_s(12.0), meter.remaining_s(12.0)) == (0.0, None)


def test_a_transfer_that_starts_again_goes_back() -> None:
    meter = Meter(1000, 0.0)
    meter.add(600, 1.0)
    meter.add(-600, 2.0)
    meter.add(50, 3.0)

    assert (meter.done_bytes, meter.bytes_per_s(3.0), meter.remaining_s(3.0)) == (50, 50.0, 19)


def test_time_left_is_never_negative() -> None:
    meter = Meter(10, 0.0)
    meter.add(30, 1.0)

    assert meter.remaining_s(1.0) == 0
