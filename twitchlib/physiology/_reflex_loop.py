"""Time-stepping loop of the stretch reflex."""

import math

import numpy as np

from twitchlib.arrays import FloatArray
from twitchlib.compiled import compiled, indexed

# Below this a swing is over: in rad/s, and as a fraction of full drive and activation.
STILL = 1e-9
LEAST_BLOCK = 256


@compiled
def reflex_loop(
    ankle: FloatArray, start_rad: float, dt: float, kick_step: int, traces: FloatArray
) -> None:
    """Run the ankle and its reflex from rest; fill `traces` with a row per step.

    `ankle` holds the fields of `Ankle` in their order. A row holds angle, angular velocity, reflex
    drive and muscle activation. Steps follow Heun's method: as the delay is longer than a step, the
    drive at both ends of a step is known beforehand. The kick is added to the velocity at one step.
    A foot that has been still for longer than the delay remains so: it is too slow for the reflex.
    """
    inertia, damping, stiffness, stiffening = (
        float(ankle[0]), float(ankle[1]), float(ankle[2]), float(ankle[3])
    )  # fmt: skip
    load, gain, threshold = float(ankle[4]), float(ankle[5]), float(ankle[6])
    contraction = float(ankle[8]) / 1000
    strongest, kick = float(ankle[9]), float(ankle[10])
    delay = float(ankle[7]) / 1000 / dt
    whole = math.floor(delay)
    part = delay - whole
    angle = start_rad
    velocity = 0.0
    activation = 0.0
    growth = 0.0
    drive = 0.0
    known = indexed(traces)
    half = dt / 2
    steps = traces.shape[0]
    block = max(whole + 2, LEAST_BLOCK)
    for begin in range(0, steps, block):
        if threshold > STILL and begin > kick_step + block:
            before = traces[begin - block : begin, 1:]
            if np.abs(before).max() < STILL:
                traces[begin:, 0] = angle
                traces[begin:, 1:] = 0.0
                return
        for k in range(begin, min(begin + block, steps)):
            if k == kick_step:
                velocity += kick
            known[k, 0] = angle
            known[k, 1] = velocity
            known[k, 2] = drive
            known[k, 3] = activation
            late = known[k + 1 - whole, 1] if k + 1 >= whole else 0.0
            later = known[k - whole, 1] if k >= whole else 0.0
            stretch = gain * ((1 - part) * late + part * later - threshold)
            next_drive = stretch / (1 + stretch) if stretch > 0 else 0.0

            torque = load - strongest * activation - damping * velocity
            torque -= angle * (stiffness + stiffening * angle * angle)
            push = torque / inertia
            pull = ((drive - activation) / contraction - 2 * growth) / contraction
            # The same again, at the end of a whole step.
            x, v = angle + dt * velocity, velocity + dt * push
            a, g = activation + dt * growth, growth + dt * pull
            torque = load - strongest * a - damping * v - x * (stiffness + stiffening * x * x)
            angle += half * (velocity + v)
            velocity += half * (push + torque / inertia)
            activation += half * (growth + g)
            growth += half * (pull + ((next_drive - a) / contraction - 2 * g) / contraction)
            drive = next_drive
