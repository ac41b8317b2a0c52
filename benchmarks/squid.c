/* The step loop of twitchlib/physiology/_membrane_loops.py, `squid_loop`, word for word in C. */

#include <math.h>

static double linoid(double x, double y) {
    double ratio = x / y;
    if (fabs(ratio) < 1e-6) return y * (1 - ratio / 2);
    return x / (exp(ratio) - 1);
}

static double relaxed(double x, double alpha, double beta, double dt) {
    double total = alpha + beta, target = alpha / total;
    return target + (x - target) * exp(-total * dt);
}

int squid(const double *current, long steps, double dt, long stride, const double *start,
          const double *membrane, double *traces, double *spike_ms, long room) {
    double c = membrane[0], g_na = membrane[1], g_k = membrane[2], g_l = membrane[3];
    double e_na = membrane[4], e_k = membrane[5], e_l = membrane[6];
    double speed = membrane[7], shift = membrane[8];
    double v = start[0], m = start[1], h = start[2], n = start[3], crossed = 0;
    int spikes = 0, rising = 0;
    for (long k = 0; k < steps; k++) {
        if (k % stride == 0) {
            double *row = traces + 4 * (k / stride);
            row[0] = v, row[1] = m, row[2] = h, row[3] = n;
        }
        double u = v - shift;
        double am = 0.1 * linoid(-(u + 40), 10), bm = 4 * exp(-(u + 65) / 18);
        double ah = 0.07 * exp(-(u + 65) / 20), bh = 1 / (1 + exp(-(u + 35) / 10));
        double an = 0.01 * linoid(-(u + 55), 10), bn = 0.125 * exp(-(u + 65) / 80);
        m = relaxed(m, am * speed, bm * speed, dt);
        h = relaxed(h, ah * speed, bh * speed, dt);
        n = relaxed(n, an * speed, bn * speed, dt);
        double na = g_na * m * m * m * h, kk = g_k * n * n * n * n, total = na + kk + g_l;
        double inward = na * e_na + kk * e_k + g_l * e_l;
        double target = (inward + current[k]) / total, before = v;
        v = target + (v - target) * exp(-total * dt / c);
        if (v < 0) {
            rising = 0;
        } else if (before < 0) {
            rising = 1;
            crossed = (k - before / (v - before)) * dt;
        }
        if (rising && total * v < inward) {
            spike_ms[spikes++] = crossed;
            rising = 0;
        }
        if (!(v > -500 && v < 500 && spikes < room)) return -1;
    }
    return spikes;
}
