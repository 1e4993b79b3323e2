"""Writes the reference tables beside this file. Run by hand; see README.md.

    python3 -m pip install --target <folder> scipy statsmodels numpy
    PYTHONPATH=<folder> python3 make_reference.py
"""

import json
import platform
from decimal import Decimal, getcontext
from pathlib import Path

import numpy
import scipy
import statsmodels
from scipy import optimize, stats
from statsmodels.stats.contingency_tables import mcnemar
from statsmodels.stats.multitest import multipletests
from statsmodels.stats.proportion import confint_proportions_2indep, proportion_confint

folder = Path(__file__).parent
random = numpy.random.default_rng(20261204)


def write(name, columns, rows):
    """One line a row, so that a difference can be read."""
    lines = ",\n".join(json.dumps([to_plain(value) for value in row], separators=(",", ":")) for row in rows)
    (folder / f"{name}.json").write_text(f'{{"columns":{json.dumps(columns)},"rows":[\n{lines}\n]}}\n')


def to_plain(value):
    if isinstance(value, (list, tuple, numpy.ndarray)):
        return [to_plain(one) for one in value]
    if isinstance(value, (numpy.bool_, bool)):
        return bool(value)
    if isinstance(value, (numpy.integer, int)):
        return int(value)
    return float(value)


def normal():
    tails = [0.5, 0.4, 0.25, 0.1, 0.05, 0.025, 0.01, 0.005, 0.0025, 0.00125, 1e-4, 1e-6, 1e-9, 1e-15, 1e-30]
    write("normal", ["tail", "quantile"], [[tail, stats.norm.isf(tail)] for tail in tails])


def binomial():
    rows = []
    for trials, rate in [(1, 0.3), (10, 0.5), (60, 58 / 60), (100, 0.01), (1000, 0.95), (100_000, 0.5), (1_000_000, 1e-6)]:
        for share in [0, 0.2, 0.5, 0.9, 1]:
            for successes in {round(trials * share), round(trials * rate)}:
                rows.append([successes, trials, rate, stats.binom.pmf(successes, trials, rate), stats.binom.cdf(successes, trials, rate), stats.binom.sf(successes - 1, trials, rate)])
    write("binomial", ["successes", "trials", "rate", "probability", "atMost", "atLeast"], rows)


def clopper_pearson():
    """statsmodels' two-sided interval with alpha = 2 * level."""
    rows = []
    counts = [(0, 1), (1, 1), (0, 10), (5, 10), (9, 10), (10, 10), (58, 60), (60, 60), (1, 59), (0, 59), (0, 299), (95, 100), (3, 1000), (999, 1000), (12_345, 100_000)]
    for successes, trials in counts:
        for level in [0.05, 0.025, 0.0025, 1e-6]:
            rows.append([successes, trials, level, *proportion_confint(successes, trials, alpha=2 * level, method="beta")])
    # At the extremes, from the quantiles of the beta distribution themselves.
    for successes, trials in [(1, 1_000_000), (5, 1_000_000), (999_999, 1_000_000)]:
        for level in [0.05, 0.00125, 1e-9]:
            rows.append([successes, trials, level, stats.beta.ppf(level, successes, trials - successes + 1), stats.beta.isf(level, successes + 1, trials - successes)])
    write("clopper-pearson", ["successes", "trials", "level", "low", "high"], rows)


def extreme_bounds():
    """In 60 decimal digits: of so many trials the quantiles of scipy's beta distribution keep nine."""
    getcontext().prec = 60
    rows = []
    for trials in [1_000_000, 100_000_000]:
        for level in ["0.05", "0.00125", "1e-9"]:
            low, high = Decimal(0), Decimal(100) / trials
            for _ in range(150):
                rate = (low + high) / 2
                chance = (1 - rate) ** trials + trials * rate * (1 - rate) ** (trials - 1)
                low, high = (rate, high) if chance > Decimal(level) else (low, rate)
            rows.append([1, trials, float(level), low])
    write("extreme-bounds", ["successes", "trials", "level", "high"], rows)


def score():
    rows = []
    for successes, trials in [(0, 5), (5, 5), (1, 29), (58, 60), (60, 60), (81, 263), (950, 1000)]:
        for level in [0.05, 0.025, 0.0025]:
            rows.append([successes, trials, level, *proportion_confint(successes, trials, alpha=2 * level, method="wilson")])
    write("score", ["successes", "trials", "level", "low", "high"], rows)


def newcombe():
    rows = []
    for first, second in [((58, 60), (58, 60)), ((50, 60), (58, 60)), ((0, 10), (0, 20)), ((10, 10), (0, 20)), ((95, 100), (58, 60)), ((7, 9), (300, 400)), ((1, 4), (4, 4)), ((900, 1000), (930, 1000))]:
        for level in [0.05, 0.025, 0.0025]:
            rows.append([*first, *second, level, *confint_proportions_2indep(*first, *second, compare="diff", method="newcomb", alpha=2 * level)])
    write("newcombe", ["successes", "trials", "otherSuccesses", "otherTrials", "level", "low", "high"], rows)


def tango():
    """The likelihood of the discordant pairs is maximized by a numerical search, not by the closed form."""
    rows = []
    for gains, losses, cases in [(0, 0, 29), (0, 1, 44), (3, 1, 60), (1, 7, 100), (12, 5, 50), (0, 10, 10), (20, 20, 200)]:
        for supposed in [-0.3, -0.1, -0.02, 0.05, 0.2]:
            rows.append([gains, losses, cases, supposed, tango_score(gains, losses, cases, supposed)])
    write("tango", ["gains", "losses", "cases", "supposed", "score"], rows)


def tango_score(gains, losses, cases, supposed):
    low, high = max(0, -supposed), (1 - supposed) / 2

    def cost(losing):
        parts = [(gains, losing + supposed), (losses, losing), (cases - gains - losses, 1 - 2 * losing - supposed)]
        return -sum(count * numpy.log(max(chance, 1e-300)) for count, chance in parts if count > 0)

    losing = optimize.minimize_scalar(cost, bounds=(low, high), method="bounded", options={"xatol": 1e-13}).x
    # The bounded search stays off the ends.
    losing = min([low, high, losing], key=cost)
    return (gains - losses - cases * supposed) / numpy.sqrt(cases * (2 * losing + supposed * (1 - supposed)))


def mcnemar_exact():
    rows = [[gains, losses, mcnemar([[10, gains], [losses, 10]], exact=True).pvalue] for gains, losses in [(0, 1), (0, 4), (0, 5), (0, 6), (1, 8), (3, 3), (12, 25), (150, 100)]]
    write("mcnemar", ["gains", "losses", "twoSided"], rows)


def with_rank_sum(few, many, u):
    """Two arms without ties in which u pairs have the value of the first arm above."""
    above = [0] * few
    for place in range(few):
        above[place] = min(many, u)
        u -= above[place]
    first = [above[place] + 0.5 + 0.001 * (few - place) for place in range(few)]
    return first, list(range(1, many + 1))


def rank_sum():
    rows = []
    for few, many in [(1, 1), (3, 3), (4, 4), (5, 8), (10, 10), (7, 40), (20, 20), (30, 50), (60, 60), (100, 100)]:
        middle = few * many // 2
        for u in sorted({0, min(1, middle), middle // 4, middle // 2, round(middle * 0.75), round(middle * 0.85), middle}):
            first, second = with_rank_sum(few, many, u)
            found = stats.mannwhitneyu(first, second, alternative="less", method="exact")
            assert found.statistic == u
            rows.append([few, many, u, found.pvalue])
    write("rank-sum", ["few", "many", "u", "atMost"], rows)


def signed_rank():
    rows = []
    for size in [1, 4, 5, 10, 20, 25, 50, 100]:
        middle = size * (size + 1) // 4
        for sum_ in sorted({0, min(1, middle), middle // 3, middle // 2, round(middle * 0.8), middle}):
            left, differences = sum_, []
            for rank in range(size, 0, -1):
                is_positive = rank <= left
                left -= rank if is_positive else 0
                differences.append(rank if is_positive else -rank)
            found = stats.wilcoxon(differences, alternative="less", method="exact")
            assert found.statistic == sum_
            rows.append([size, sum_, found.pvalue])
    write("signed-rank", ["size", "sum", "atMost"], rows)


def shift_bounds():
    """By trying every shift between two neighbouring differences with scipy's test, not by the rank of a bound."""
    rows = []
    for few, many, level in [(4, 4, 0.05), (5, 8, 0.025), (10, 10, 0.05), (12, 7, 0.0025), (15, 20, 0.05)]:
        baseline, samples = random.normal(0, 1, many).round(6), random.normal(0.4, 1, few).round(6)
        rows.append([baseline, samples, level, *bounds_by_test(numpy.sort((samples[:, None] - baseline).ravel()), level, lambda shift, way: stats.mannwhitneyu(samples - shift, baseline, alternative=way, method="exact").pvalue)])
    write("shift-bounds", ["baseline", "samples", "level", "low", "high"], rows)


def paired_bounds():
    rows = []
    for size, level in [(5, 0.05), (8, 0.025), (12, 0.05), (20, 0.0025)]:
        baseline = random.normal(10, 2, size).round(6)
        samples = (baseline + random.normal(0.3, 1, size)).round(6)
        differences = samples - baseline
        means = numpy.sort([(differences[i] + differences[j]) / 2 for i in range(size) for j in range(i, size)])
        rows.append([baseline, samples, level, *bounds_by_test(means, level, lambda shift, way: stats.wilcoxon(differences - shift, alternative=way, method="exact").pvalue)])
    write("paired-bounds", ["baseline", "samples", "level", "low", "high"], rows)


def bounds_by_test(ordered, level, probability):
    """The ends of all shifts that the one-sided tests do not reject."""
    between = [ordered[0] - 1, *((ordered[1:] + ordered[:-1]) / 2), ordered[-1] + 1]
    low = max(index for index, shift in enumerate(between) if probability(shift, "greater") <= level)
    high = min(index for index, shift in enumerate(between) if probability(shift, "less") <= level)
    return ordered[low], ordered[high - 1]


def fisher():
    rows = []
    for first, second in [((4, 4), (0, 4)), ((3, 4), (1, 4)), ((10, 12), (3, 18)), ((1, 100), (0, 100)), ((5, 100), (0, 100)), ((6, 60), (1, 60)), ((0, 10), (3, 10)), ((400, 1000), (300, 1000)), ((2, 50_000), (1, 80_000))]:
        table = [[first[0], first[1] - first[0]], [second[0], second[1] - second[0]]]
        rows.append([*first, *second, stats.fisher_exact(table, alternative="greater").pvalue])
    write("fisher", ["successes", "trials", "otherSuccesses", "otherTrials", "probability"], rows)


def kolmogorov_smirnov():
    rows = []
    for few, many, shift in [(1, 1, 0), (4, 4, 9), (20, 20, 0), (20, 20, 0.8), (20, 35, 0.5), (50, 50, 1), (100, 60, 0.2), (150, 149, 0.3)]:
        first, second = random.normal(shift, 1, few).round(4), random.normal(0, 1, many).round(4)
        found = stats.ks_2samp(first, second, method="exact")
        rows.append([first, second, found.statistic, found.pvalue])
    write("kolmogorov-smirnov", ["first", "second", "distance", "probability"], rows)


def distances():
    """The index over bins whose edges are deciles, an observed value each, with 0.0001 for an empty bin."""
    rows = []
    for few, many, shift in [(10, 10, 0), (50, 40, 0.5), (100, 100, 0), (30, 80, 2)]:
        baseline, samples = random.normal(0, 1, many).round(4), random.normal(shift, 1.5, few).round(4)
        edges = numpy.quantile(baseline, numpy.arange(1, 10) / 10, method="inverted_cdf")
        shares = [numpy.bincount(numpy.searchsorted(edges, arm, side="left"), minlength=10) / len(arm) for arm in (baseline, samples)]
        agreed, found = [numpy.where(share == 0, 0.0001, share) for share in shares]
        rows.append([baseline, samples, numpy.sum((found - agreed) * numpy.log(found / agreed)), stats.wasserstein_distance(baseline, samples)])
    write("distances", ["baseline", "samples", "populationStabilityIndex", "wasserstein"], rows)


def order_statistics():
    """By trying every rank against the binomial distribution. 0: no value is a bound."""
    rows = []
    for size in [4, 10, 28, 29, 58, 59, 60, 93, 100, 298, 299, 1000]:
        for quantile in [0.05, 0.5, 0.9, 0.95, 0.99]:
            for level in [0.05, 0.025]:
                low = max((rank for rank in range(1, size + 1) if stats.binom.cdf(rank - 1, size, quantile) <= level), default=0)
                high = min((rank for rank in range(1, size + 1) if stats.binom.sf(rank - 1, size, quantile) <= level), default=0)
                rows.append([size, quantile, level, low, high])
    write("order-statistics", ["size", "quantile", "level", "low", "high"], rows)


def holm():
    """Families of Fisher's tests, each [missing, total, missing at the baseline, total at the baseline], and which of them Holm's procedure rejects."""
    rows = []
    for tests, raised in [(1, 1), (3, 1), (5, 2), (10, 4), (20, 0), (20, 3), (20, 12)]:
        counts = [[int(random.binomial(100, 0.05 + (0.04 * (1 + test) if test < raised else 0))), 100, int(random.binomial(100, 0.04)), 100] for test in range(tests)]
        probabilities = [stats.fisher_exact([[a, b - a], [c, d - c]], alternative="greater").pvalue for a, b, c, d in counts]
        rows.append([counts, probabilities, multipletests(probabilities, alpha=0.05, method="holm")[0]])
    write("holm", ["counts", "probabilities", "rejected"], rows)


def student():
    tails = [0.5, 0.25, 0.05, 0.025, 0.005, 0.00125]
    write("student", ["tail", "freedom", "quantile"], [[tail, freedom, stats.t.isf(tail, freedom)] for freedom in [1, 2, 3, 4, 9, 18, 57, 100, 999] for tail in tails])


def trimmed_bounds():
    """Yuen's bounds from scipy's statistic and degrees of freedom, of which a part is left out."""
    rows = []
    for few, many, spread in [(4, 4, 1), (9, 12, 1), (10, 10, 3), (25, 100, 2), (60, 60, 1)]:
        first, second = random.exponential(spread, few).round(4), random.exponential(1, many).round(4)
        result = stats.ttest_ind(first, second, equal_var=False, trim=0.1)
        difference = stats.trim_mean(first, 0.1) - stats.trim_mean(second, 0.1)
        for level in [0.05, 0.005]:
            distance = stats.t.isf(level, numpy.floor(result.df)) * difference / result.statistic
            rows.append([first, second, level, difference - distance, difference + distance])
    write("trimmed-bounds", ["first", "second", "level", "low", "high"], rows)


for make in [normal, binomial, clopper_pearson, extreme_bounds, score, newcombe, tango, mcnemar_exact, rank_sum, signed_rank, shift_bounds, paired_bounds, fisher, kolmogorov_smirnov, distances, order_statistics, holm, student, trimmed_bounds]:
    make()
versions = {"python": platform.python_version(), "numpy": numpy.__version__, "scipy": scipy.__version__, "statsmodels": statsmodels.__version__}
(folder / "versions.json").write_text(json.dumps(versions, indent=2) + "\n")
