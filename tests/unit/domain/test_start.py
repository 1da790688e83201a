from __future__ import annotations

import pytest

from launcher.domain.bundle import Health, Process
from launcher.domain.errors import UsageError
from launcher.domain.start import plan_start

HEALTH = "http://127.0.0.1:8080/health"


def process(*args: str, url: str | None = HEALTH) -> Process:
    health = None if url is None else Health(url, "GET", 200, 2000)
    return Process("run", args, health=health)


@pytest.mark.parametrize(
    ("args", "model", "planned"),
    [
        (("--port", "8080"), None, ("--port", "9999")),
        (("--port", "{port}"), None, ("--port", "9999")),
        (("--port", "80801"), None, ("--port", "80801")),
        ((), "m.gguf", ("-m", "m.gguf")),
        (("--load", "{model}"), "m.gguf", ("--load", "m.gguf")),
        (("-m", "theirs.gguf", "-c", "4"), "m.gguf", ("-c", "4", "-m", "m.gguf")),
        (("--model", "theirs.gguf"), "m.gguf", ("-m", "m.gguf")),
        (("-c", "4", "-m"), "m.gguf", ("-c", "4", "-m", "m.gguf")),
        (("-m", "theirs.gguf"), None, ("-m", "theirs.gguf")),
        (("--alias", "m.gguf"), "m.gguf", ("--alias", "m.gguf", "-m", "m.gguf")),
        (("--prompt", ""), "m.gguf", ("--prompt", "", "-m", "m.gguf")),
        (("--port", "{port}"), "8080", ("--port", "9999", "-m", "8080")),
    ],
)
def test_port_and_model_are_placed(args: tuple[str, ...], model: str | None, planned: tuple[str, ...]) -> None:
    plan = plan_start(process(*args), port=9999, model=model)

    assert (plan.args, plan.health_url) == (planned, "http://127.0.0.1:9999/health")


@pytest.mark.parametrize(
    ("url", "planned"),
    [
        ("http://localhost:1/", "http://localhost:9999/"),
        ("http://[::1]:{port}/v1/health?x=1", "http://[::1]:9999/v1/health?x=1"),
        ("http://127.0.0.1:8080", "http://127.0.0.1:9999"),
        (None, None),
    ],
)
def test_health_is_asked_at_the_chosen_port(url: str | None, planned: str | None) -> None:
    assert plan_start(process(url=url), port=9999, model=None).health_url == planned


@pytest.mark.parametrize(
    "url",
    [
        "https://127.0.0.1:8080/",
        "http://192.168.0.1:8080/",
        "http://127.0.0.1/",
        "http://127.0.0.1:8080@e.org/",
        "http://127.0.0.1:8080\n",
        "http://127.0.0.1.e.org:80/",
        "http://127.0.0.1:808080/",
        "file:///etc/passwd",
        "",
    ],
)
def test_health_of_another_machine_is_refused(url: str) -> None:
    with pytest.raises(UsageError):
        plan_start(process(url=url), port=9999, model=None)
