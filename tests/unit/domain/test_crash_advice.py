from __future__ import annotations

import pytest

from launcher.domain.crash_advice import find_advice


@pytest.mark.parametrize(
    ("line", "word"),
    [
        ("ggml_backend_cuda_buffer_type_alloc_buffer: cudaMalloc failed: out of memory", "smaller model"),
        ("terminate called after throwing an instance of 'std::bad_alloc'", "smaller model"),
        ("vk::Device::allocateMemory: ErrorOutOfDeviceMemory", "smaller model"),
        ("srv start: couldn't bind HTTP server socket, hostname: 127.0.0.1, port: 8080", "port"),
        ("CUDA error: CUDA driver version is insufficient for CUDA runtime version", "driver"),
        ("server: error while loading shared libraries: libgomp.so.1", "library"),
        ("llama_model_load: error loading model: unknown model architecture: 'x'", "model"),
        ("whisper_model_load: invalid model data (bad magic)", "model"),
        ("error: invalid argument: --thread", "arguments"),
    ],
)
def test_the_words_of_runtimes_are_known(line: str, word: str) -> None:
    advice = find_advice(["loading", line])
    assert advice is not None
    assert word in advice


def test_too_little_memory_explains_a_model_that_was_not_loaded() -> None:
    assert "memory" in (find_advice(["failed to allocate buffer", "error loading model"]) or "")


def test_signals_speak_where_nothing_was_printed() -> None:
    assert "instruction" in (find_advice([], -4) or "")
    assert "memory" in (find_advice([], -9) or "")
    assert find_advice(["bye"], 1) is None
    assert find_advice(["bye"]) is None
