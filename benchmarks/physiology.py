"""How fast the models run: Hodgkin–Huxley against C and others, an axon, a muscle, a first run.

Rounds are interleaved, so that a busy machine slows all equally.
"""

import ctypes
import importlib
import importlib.util
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from statistics import median

import numpy as np

from benchmarks.report import Row, markdown, ratio, spread
from tests.physiology import neuron_fibre
from twitchlib.physiology import axon, cable, fatigue, motor_pool

ROUNDS = 15
DURATION_MS = 100.0
CURRENT_UA_CM2 = 10.0
DT_MS = axon.SQUID.dt_ms
STRIDE = 2
CABLE_MS = 10.0

Task = Callable[[], object]

FIRST_RUN = """
import time
started = time.perf_counter()
from twitchlib.physiology import axon
axon.simulate(axon.SQUID, [(1, 1, 20)], 20)
print(time.perf_counter() - started)
"""

PLAIN_RUN = f"""
import sys, time
sys.modules["numba"] = None
from twitchlib.physiology import axon
started = time.perf_counter()
axon.simulate(axon.SQUID, [(0, {DURATION_MS}, {CURRENT_UA_CM2})], {DURATION_MS})
print(time.perf_counter() - started)
"""


def rows() -> list[Row]:
    tasks: dict[str, Task] = {"loop": _loop(), "simulate": _simulate}
    with tempfile.TemporaryDirectory() as folder:
        if shutil.which("gcc"):
            tasks["C, gcc -O2"] = _in_c(Path(folder))
        if importlib.util.find_spec("scipy"):
            tasks["scipy LSODA"] = _in_scipy()
        if importlib.util.find_spec("neuron"):
            tasks["NEURON"] = _in_neuron()
        if importlib.util.find_spec("brian2"):
            tasks["Brian2"] = _in_brian2()
        taken_ms = _interleaved(tasks)
    taken_ms["plain Python"] = [1000 * _printed(PLAIN_RUN) for _ in range(3)]

    loop_ms = taken_ms.pop("loop")
    found = []
    if "C, gcc -O2" in taken_ms:
        c_ms = taken_ms.pop("C, gcc -O2")
        detail = f"{spread(loop_ms, 'ms', 2)} and {spread(c_ms, 'ms', 2)}"
        found.append(Row("Hodgkin–Huxley loop ÷ C, gcc -O2", ratio(loop_ms, c_ms), detail, 1.3))
    found += [
        Row(f"Hodgkin–Huxley, {other} ÷ our loop", ratio(ms, loop_ms), spread(ms, "ms"))
        for other, ms in taken_ms.items()
    ]
    return [*found, *_cable(), _pool(), _hold(), _first_run()]


def _interleaved(tasks: dict[str, Task]) -> dict[str, list[float]]:
    """Run each task once unmeasured, then all in turn; return milliseconds."""
    for task in tasks.values():
        task()
    taken: dict[str, list[float]] = {name: [] for name in tasks}
    for _ in range(ROUNDS):
        for name, task in tasks.items():
            started = time.perf_counter()
            task()
            taken[name].append(1000 * (time.perf_counter() - started))
    return taken


def _arrays() -> tuple[np.ndarray, ...]:
    steps = round(DURATION_MS / DT_MS)
    return (
        np.full(steps, CURRENT_UA_CM2), np.array(list(axon.rest(axon.SQUID).values())),
        axon.SQUID._packed(), np.empty((steps // STRIDE, 4)), np.empty(500),
    )  # fmt: skip


def _simulate() -> object:
    return axon.simulate(axon.SQUID, [(0, DURATION_MS, CURRENT_UA_CM2)], DURATION_MS)


def _loop() -> Task:
    current, start, membrane, traces, spike_ms = _arrays()
    loop = axon.SQUID._loop()
    return lambda: loop(current, DT_MS, STRIDE, start, membrane, traces, spike_ms)


def _in_c(folder: Path) -> Task:
    source = Path(__file__).with_name("squid.c")
    library = folder / "squid.so"
    subprocess.run(["gcc", "-O2", "-shared", "-fPIC", "-o", library, source, "-lm"], check=True)
    current, start, membrane, traces, spike_ms = _arrays()
    squid = ctypes.CDLL(str(library)).squid

    def pointer(array: np.ndarray) -> ctypes.c_void_p:
        return ctypes.c_void_p(array.ctypes.data)

    def run() -> int:
        spikes: int = squid(
            pointer(current), ctypes.c_long(current.size), ctypes.c_double(DT_MS),
            ctypes.c_long(STRIDE), pointer(start), pointer(membrane), pointer(traces),
            pointer(spike_ms), ctypes.c_long(spike_ms.size),
        )  # fmt: skip
        return spikes

    expected = axon.simulate(axon.SQUID, [(0, DURATION_MS, CURRENT_UA_CM2)], DURATION_MS).spike_ms
    if run() != expected.size or not np.allclose(spike_ms[: expected.size], expected):
        raise RuntimeError("the loop in C gives a different result")
    return run


def _in_scipy() -> Task:
    solve_ivp = importlib.import_module("scipy.integrate").solve_ivp

    start = np.array(list(axon.rest(axon.SQUID).values()))

    def slope(_: float, state: np.ndarray) -> np.ndarray:
        opening, closing = axon.SQUID.rates_per_ms(float(state[0])).T
        gates = state[1:]
        through = axon.SQUID.currents_ua_cm2(state[:1], gates[:, np.newaxis])
        rise = (CURRENT_UA_CM2 - sum(through.values())) / axon.SQUID.capacitance_uf_cm2
        return np.append(rise, opening * (1 - gates) - closing * gates)

    return lambda: solve_ivp(
        slope, (0, DURATION_MS), start, method="LSODA", rtol=1e-6, max_step=1.0
    )


def _in_neuron() -> Task:
    h = importlib.import_module("neuron").h

    h.load_file("stdrun.hoc")
    patch = h.Section(name="patch")
    patch.L = patch.diam = 100 / np.sqrt(np.pi)
    patch.insert("hh")
    clamp = h.IClamp(patch(0.5))
    clamp.delay, clamp.dur, clamp.amp = 0, DURATION_MS, CURRENT_UA_CM2 / 10
    potential = h.Vector().record(patch(0.5)._ref_v)
    h.celsius, h.dt = 6.3, DT_MS

    def run() -> object:
        h.finitialize(-65)
        h.continuerun(DURATION_MS)
        return patch, clamp, potential

    return run


def _in_brian2() -> Task:
    b = importlib.import_module("brian2")

    b.prefs.codegen.target = "cython" if importlib.util.find_spec("Cython") else "numpy"
    b.defaultclock.dt = DT_MS * b.ms
    equations = """
        dv/dt = (10 - 120*m**3*h*(v - 50) - 36*n**4*(v + 77) - 0.3*(v + 54.4))/ms : 1
        dm/dt = (0.1*(v + 40)/(1 - exp(-(v + 40)/10))*(1 - m) - 4*exp(-(v + 65)/18)*m)/ms : 1
        dh/dt = (0.07*exp(-(v + 65)/20)*(1 - h) - h/(1 + exp(-(v + 35)/10)))/ms : 1
        dn/dt = (0.01*(v + 55)/(1 - exp(-(v + 55)/10))*(1 - n) - 0.125*exp(-(v + 65)/80)*n)/ms : 1
    """
    cell = b.NeuronGroup(1, equations, method="exponential_euler")
    monitor = b.StateMonitor(cell, "v", record=True)
    network = b.Network(cell, monitor)
    cell.v, cell.m, cell.h, cell.n = axon.rest(axon.SQUID).values()
    return lambda: network.run(DURATION_MS * b.ms)


def _cable() -> list[Row]:
    """Run 10 ms of a myelinated axon, and the same in NEURON with steps of the same length."""
    whole, pulse = cable.MyelinatedAxon(), cable.Injection()
    tasks: dict[str, Task] = {"ours": lambda: cable.simulate(whole, [pulse], CABLE_MS)}
    if importlib.util.find_spec("neuron"):
        tasks["NEURON"] = _cable_in_neuron(whole, pulse)
    taken_ms = _interleaved(tasks)
    ours_ms = taken_ms.pop("ours")
    name = f"{CABLE_MS:g} ms of a myelinated axon with {whole.nodes} nodes"
    return [
        Row(name, median(ours_ms), spread(ours_ms, "ms"), 15, "ms"),
        *(
            Row(f"Myelinated axon, {other} ÷ ours", ratio(ms, ours_ms), spread(ms, "ms"))
            for other, ms in taken_ms.items()
        ),
    ]


def _cable_in_neuron(whole: cable.MyelinatedAxon, pulse: cable.Injection) -> Task:
    h = neuron_fibre.simulator()
    h.load_file("stdrun.hoc")
    sections, nodes = neuron_fibre.fibre(whole.diameter_um, whole.temperature_c)
    clamp = h.IClamp(nodes[0](0.5))
    clamp.delay, clamp.dur, clamp.amp = pulse.start_ms, pulse.width_ms, pulse.current_na
    traces = [h.Vector().record(section(0.5)._ref_v) for section in sections]

    def run() -> object:
        h.steps_per_ms, h.dt = round(1 / cable.STEP_MS), cable.STEP_MS
        h.finitialize(whole.rest_mv)
        h.continuerun(CABLE_MS)
        return clamp, traces, sections

    return run


def _pool() -> Row:
    drive = np.full(2000, 0.6)
    taken_ms = _interleaved(
        {"pool": lambda: motor_pool.simulate(motor_pool.MotorPool(), drive, seed=1)}
    )["pool"]
    return Row(
        "1 s of a motor pool, 120 units, force and EMG at 2 kHz", median(taken_ms),
        spread(taken_ms, "ms"), 50, "ms",
    )  # fmt: skip


def _hold() -> Row:
    taken_ms = _interleaved({"hold": lambda: fatigue.simulate(fatigue.MUSCLE, 0.2, 600, step_s=2)})[
        "hold"
    ]
    return Row(
        "A fifth of full force held until it cannot be, 120 units, 600 s in 300 steps",
        median(taken_ms), spread(taken_ms, "ms"), 100, "ms",
    )  # fmt: skip


def _first_run() -> Row:
    _printed(FIRST_RUN)
    taken_s = [_printed(FIRST_RUN) for _ in range(5)]
    return Row(
        "First nerve impulse of a new process, cache warm", median(taken_s),
        spread(taken_s, "s", 2), unit="s",
    )  # fmt: skip


def _printed(code: str) -> float:
    """Run code in a process that may cache its bytecode, and return the number it prints."""
    kept = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    done = subprocess.run(
        [sys.executable, "-c", code], check=True, capture_output=True, text=True, env=kept
    )
    return float(done.stdout)


if __name__ == "__main__":
    print(markdown(rows()))
