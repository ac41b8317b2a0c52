"""Time-stepping loop of the stretch reflex."""

import math

from twitchlib.arrays import FloatArray
from twitchlib.compiled import compiled


@compiled
def reflex_loop(
    ankle: FloatArray, start_rad: float, dt: float, kick_step: int, traces: FloatArray
) -> None:
    """Run the ankle and its reflex from rest; fill `traces` with a row per step.

    `ankle` holds the fields of `Ankle` in their order. A row holds angle, angular velocity, reflex
    drive and muscle activation. Heun's method: as the delay is longer than a step, the drive at
    both ends of a step is known beforehand. The kick is added to the velocity at one step.
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
    for k in range(traces.shape[0]):
        if k == kick_step:
            velocity += kick
        traces[k, 0] = angle
        traces[k, 1] = velocity
        traces[k, 2] = drive
        traces[k, 3] = activation
        late = float(traces[k + 1 - whole, 1]) if k + 1 >= whole else 0.0
        later = float(traces[k - whole, 1]) if k >= whole else 0.0
        stretch = gain * ((1 - part) * late + part * later - threshold)
        next_drive = stretch / (1 + stretch) if stretch > 0 else 0.0

        x, v, a, g, u = angle, velocity, activation, growth, drive
        for stage in range(2):
            torque = load - strongest * a - damping * v - stiffness * x - stiffening * x * x * x
            push = torque / inertia
            pull = ((u - a) / contraction - 2 * g) / contraction
            if stage == 0:
                x1, v1, a1, g1 = v, push, g, pull
                x, v = angle + dt * v, velocity + dt * push
                a, g = activation + dt * g, growth + dt * pull
                u = next_drive
            else:
                angle += dt / 2 * (x1 + v)
                velocity += dt / 2 * (v1 + push)
                activation += dt / 2 * (a1 + g)
                growth += dt / 2 * (g1 + pull)
        drive = next_drive
