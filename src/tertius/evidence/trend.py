# SPDX-FileCopyrightText: 2026 The tertius authors
# SPDX-License-Identifier: MIT
"""The local-level model with drift and one break, by generalised least squares with a profiled likelihood.

``y_t = mu_t + d_t'b + e_t``, ``mu_t = mu_(t-1) + beta + h_t`` with variances ``s2`` of the noise e and
``q s2`` of the innovation h (Harvey 1989, Forecasting, structural time series models and the Kalman filter,
chapter 2). With a diffuse start, y is Gaussian around ``[1, t, d] b`` with covariance ``s2 (I + q L L')``,
L the cumulative sum; at a few dozen years that is solved directly, and only q is searched for.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize_scalar

from tertius.evidence.rules import BREAK_BIC, MIN_YEARS, trend_word

__all__ = ["Trend", "fit_trend", "local_level"]

Array = NDArray[np.float64]
LOG_Q = (-9.0, 9.0)  # natural logarithm of innovation over noise variance; ends stand for zero and infinity
EDGE = 3  # a break stays this many observations away from the ends


@dataclass(frozen=True, slots=True)
class LocalLevel:
    """One fit.

    Attributes
    ----------
    coefficients, errors
        Start, slope per step, then one number for each further regressor; standard errors.
    noise, innovation
        Standard deviations of e and h, in the unit of the series.
    loglik
        Restricted log-likelihood at the best q.
    ml
        Log-likelihood at the same point, for comparing sets of regressors.
    """

    coefficients: Array
    errors: Array
    noise: float
    innovation: float
    loglik: float
    ml: float


@dataclass(frozen=True, slots=True)
class Trend:
    """Trend of one yearly series.

    Attributes
    ----------
    first, last
        First and last year.
    start, end
        Values there.
    slope, slope_se
        Drift a year and its standard error.
    innovation
        Standard deviation of a year's innovation about the drift.
    steadiness
        ``|slope| / innovation``: how much of a year's move is trend.
    with_trend
        Share of yearly changes with the sign of the slope.
    largest
        Largest yearly change in the sum of all sizes: small is smooth, near one is sudden.
    break_year
        Year of a shift of the level or of the slope, 0 if none is strong enough.
    break_kind
        ``level``, ``slope`` or empty.
    late
        Mean change a year over the last five changes.
    word
        The trend in words, by the rules.
    """

    first: int
    last: int
    start: float
    end: float
    slope: float
    slope_se: float
    innovation: float
    steadiness: float
    with_trend: float
    largest: float
    break_year: int
    break_kind: str
    late: float
    word: str


def local_level(y: Array, extra: Array | None = None, times: Array | None = None) -> LocalLevel:
    """Fit the local-level model with drift.

    Parameters
    ----------
    y
        Observations ``(T,)`` in the order of time.
    extra
        Further regressors ``(T, k)``, such as a step.
    times
        When each was observed, in years; gaps are allowed. Default one a year.

    Returns
    -------
    LocalLevel
        The fit that maximises the restricted likelihood over q.
    """
    t = np.arange(len(y), dtype=float) if times is None else times - times[0]
    x = np.column_stack([np.ones_like(t), t] + ([] if extra is None else [extra]))
    walk = np.minimum.outer(t, t)  # covariance of a random walk that starts at t = 0
    best = minimize_scalar(lambda g: -_profile(y, x, walk, g).loglik, bounds=LOG_Q, method="bounded")
    ends = [_profile(y, x, walk, g) for g in (LOG_Q[0], float(best.x), LOG_Q[1])]
    return max(ends, key=lambda fit: fit.loglik)


def _profile(y: Array, x: Array, walk: Array, log_q: float) -> LocalLevel:
    n, k = x.shape
    q = float(np.exp(log_q))
    scale = 1.0 / (1.0 + q)  # keeps the covariance of order one at both ends
    root = np.linalg.cholesky(scale * (np.eye(n) + q * walk))
    xs, ys = np.linalg.solve(root, x), np.linalg.solve(root, y)
    b, *_ = np.linalg.lstsq(xs, ys, rcond=None)
    rest = float(((ys - xs @ b) ** 2).sum())
    information = xs.T @ xs
    floor = 1e-20 * max(1.0, float(y @ y))
    s2 = max(rest, floor) / (n - k)
    log_det = 2.0 * float(np.log(np.diag(root)).sum())
    reml = -0.5 * ((n - k) * np.log(s2) + log_det + float(np.linalg.slogdet(information)[1]))
    ml = -0.5 * (n * np.log(max(rest, floor) / n) + log_det + n * (1 + np.log(2 * np.pi)))
    errors = np.sqrt(np.diag(np.linalg.inv(information)) * s2)
    return LocalLevel(b, errors, float(np.sqrt(s2 * scale)), float(np.sqrt(s2 * scale * q)), reml, float(ml))


def find_break(y: Array, times: Array, plain: LocalLevel) -> tuple[int, str]:
    """Search one shift of the level or of the slope; the criterion pays for the search over years.

    Returns
    -------
    tuple
        Position of the first year after the break and its kind; ``(-1, "")`` if the gain of the Bayesian
        information criterion stays under ``BREAK_BIC``.
    """
    n = len(y)
    clock = times - times[0]
    best = (0.0, -1, "")
    for k in range(EDGE, n - EDGE):
        for kind, column in (
            ("level", (clock >= clock[k]) * 1.0),
            ("slope", np.maximum(clock - clock[k - 1], 0)),
        ):
            fit = local_level(y, column[:, None], times)
            gain = 2 * (fit.ml - plain.ml) - 2 * float(np.log(n))  # one coefficient, one date
            best = max(best, (gain, k, kind))
    return (best[1], best[2]) if best[0] > BREAK_BIC else (-1, "")


def fit_trend(years: Array, values: Array, *, breaks: bool = True) -> Trend | None:
    """Describe the trend of a yearly series, gaps allowed; none if it is too short.

    Parameters
    ----------
    years, values
        The series ``(T,)``; values that are not numbers are left out.
    breaks
        Whether to search for a structural break.

    Examples
    --------
    >>> fit_trend(np.arange(2000.0, 2020), 0.01 * np.arange(20.0)).word
    'rising, steady'
    """
    held = np.isfinite(values)
    t, y = years[held], values[held]
    if len(y) < MIN_YEARS or np.ptp(y) == 0:
        return None
    fit = local_level(y, None, t)
    at, kind = find_break(y, t, fit) if breaks else (-1, "")
    change = np.diff(y)
    slope, error = float(fit.coefficients[1]), float(fit.errors[1])
    with_trend = float((np.sign(change) == np.sign(slope)).mean())
    largest = float(np.abs(change).max() / np.abs(change).sum())
    late = change[-5:].sum() / (t[-1] - t[max(len(t) - 6, 0)])
    return Trend(
        first=int(t[0]),
        last=int(t[-1]),
        start=float(y[0]),
        end=float(y[-1]),
        slope=slope,
        slope_se=error,
        innovation=fit.innovation,
        steadiness=abs(slope) / max(fit.innovation, 1e-12),
        with_trend=with_trend,
        largest=largest,
        break_year=int(t[at]) if at >= 0 else 0,
        break_kind=kind,
        late=float(late),
        word=trend_word(slope, error, with_trend, largest),
    )
