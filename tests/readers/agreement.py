"""Computes our agreement measures with other people's programs and compares.

Usage: agreement.py UNITS.json OURS.json

UNITS.json: {"annotators": [NAME], "labels": [{"name", "group"}], "documents": [{"id", "text", "layers":
{NAME: [{"label", "fragments": [[start, end]]}]}}]}, offsets in code points.
OURS.json: {"report": what `agree --json` writes, "gamma": {"alpha", "beta", "samples", "documents": [{"id",
"observed", "expected", "expected_error", "gamma", "precision", "of_pairs"}]}, and, where there, "ku_alpha":
{GROUP: [[label, value, coverage]]}, "labels": [[label, uα, κ]]}.

The unitizing alphas are a second implementation, written from Krippendorff et al. (2016) with the
coincidence matrix as the paper has it, and not from ours.
"""

import itertools
import json
import logging
import math
import re
import sys
from collections import defaultdict

import krippendorff
import numpy
from nltk.metrics.agreement import AnnotationTask
from scipy.sparse import csr_array
from scipy.sparse.csgraph import maximum_bipartite_matching
from seqeval.metrics import f1_score
from seqeval.scheme import IOB2
from sklearn.metrics import cohen_kappa_score

GAP = "φ"


def close(what, ours, theirs, within=1e-9):
    """Asserts that two numbers, or two absences, are the same."""
    if ours is None or theirs is None:
        assert ours is None and theirs is None, (what, ours, theirs)
    else:
        assert abs(ours - theirs) <= within, (what, ours, theirs)


def mean(values):
    values = [value for value in values if value is not None]
    return sum(values) / len(values) if values else None


# Units and tokens


def chosen(layer, labels):
    return [span for span in layer if span["label"] in labels]


def tokens(text):
    return [match.span() for match in re.finditer(r"\S+", text)]


def token_labels(document, layer):
    """The label of the first span by start (the longer first) that overlaps each token."""
    spans = sorted(layer, key=lambda s: (s["fragments"][0][0], -s["fragments"][-1][1]))
    found = []
    for start, end in tokens(document["text"]):
        here = (s["label"] for s in spans if any(a < end and b > start for a, b in s["fragments"]))
        found.append(next(here, "O"))
    return found


def overlap(one, two):
    pairs = itertools.product(one["fragments"], two["fragments"])
    return sum(max(0, min(a[1], b[1]) - max(a[0], b[0])) for a, b in pairs)


# F1


def matched(rule, left, right):
    """What matches, what is left and right, of one label in one document."""
    if rule == "exact":
        key = lambda span: tuple(map(tuple, span["fragments"]))
        return len(set(map(key, left)) & set(map(key, right))), len(left), len(right)
    if rule == "character":
        cover = lambda spans: {c for s in spans for a, b in s["fragments"] for c in range(a, b)}
        one, two = cover(left), cover(right)
        return len(one & two), len(one), len(two)
    meet = [[overlap(one, two) > 0 for two in right] for one in left]
    found = 0
    if left and right:
        found = int((maximum_bipartite_matching(csr_array(meet), perm_type="column") >= 0).sum())
    return found, len(left), len(right)


def f1(rule, documents, left, right, labels):
    sums = numpy.zeros(3)
    for document in documents:
        layers = document["layers"]
        if left in layers and right in layers:
            for label in labels:
                sides = chosen(layers[left], [label]), chosen(layers[right], [label])
                sums += matched(rule, *sides)
    hits, one, two = sums
    ratio = lambda part, whole: part / whole if whole else None
    return ratio(2 * hits, one + two), ratio(hits, two), ratio(hits, one)


def check_spans(units, report):
    names = [label["name"] for label in units["labels"]]
    pairs = list(itertools.combinations(report["annotators"], 2))
    for rule in ("exact", "overlap", "character"):
        if rule not in report:
            continue
        for labels, ours in [(names, report[rule])] + [
            ([name], scores) for name, scores in report[rule]["per_label"].items()
        ]:
            theirs = [f1(rule, units["documents"], *pair, labels) for pair in pairs]
            for at, key in enumerate(("f1", "precision", "recall")):
                close((rule, labels, key), ours[key], mean(one[at] for one in theirs))


def check_seqeval(units, report):
    """Exact F1 of entities whose edges are tokens' edges is what seqeval has."""
    if len(report["annotators"]) != 2:
        return
    names = [label["name"] for label in units["labels"] if label["group"] == "entities"]
    for name in names:
        sides = ([], [])
        for document in units["documents"]:
            bounds = {a: i for i, (a, _) in enumerate(tokens(document["text"]))}
            ends = {b: i for i, (_, b) in enumerate(tokens(document["text"]))}
            for annotator, rows in zip(report["annotators"], sides):
                row = ["O"] * len(bounds)
                for span in chosen(document["layers"][annotator], [name]):
                    (start, end), = span["fragments"]
                    if start not in bounds or end not in ends:
                        return
                    row[bounds[start]] = "B-" + name
                    for at in range(bounds[start] + 1, ends[end] + 1):
                        row[at] = "I-" + name
                rows.append(row)
        theirs = f1_score(*sides, mode="strict", scheme=IOB2)
        close(("seqeval", name), report["exact"]["per_label"][name]["f1"], theirs)


# Tokens


def fleiss(rows):
    """Fleiss (1971), tokens by annotators."""
    classes = sorted({value for row in rows for value in row})
    table = numpy.array([[list(row).count(one) for one in classes] for row in rows], float)
    raters = table.sum(1)
    agreement = ((table**2).sum(1) - raters) / (raters * (raters - 1))
    chance = ((table.sum(0) / table.sum()) ** 2).sum()
    return None if chance == 1 else (agreement.mean() - chance) / (1 - chance)


def check_tokens(units, annotators, labels, ours):
    rows = []
    for document in units["documents"]:
        layers = [chosen(document["layers"].get(name, []), labels) for name in annotators]
        columns = [token_labels(document, layer) for layer in layers]
        rows.extend(zip(*columns))
    columns = list(zip(*rows))
    pairs = list(itertools.combinations(columns, 2))
    kappa = [cohen_kappa_score(*pair) for pair in pairs]
    close("cohen_kappa", ours["cohen_kappa"], mean(k for k in kappa if not math.isnan(k)))
    close("fleiss_kappa", ours["fleiss_kappa"], fleiss(rows))
    places = {label: at for at, label in enumerate(["O", *labels])}
    values = [[places[label] for label in column] for column in columns]
    alpha = krippendorff.alpha(values, level_of_measurement="nominal", value_domain=list(range(len(places))))
    close("krippendorff_nominal", ours["krippendorff_nominal"], alpha)
    # nltk is slow: a part of the tokens, against our formula's other implementations.
    part = rows[:2000]
    task = AnnotationTask([(str(c), str(i), v) for i, row in enumerate(part) for c, v in enumerate(row)])
    if len({v for row in part for v in row}) > 1:
        columns = list(zip(*[[places[v] for v in row] for row in part]))
        close("nltk", task.alpha(), krippendorff.alpha(columns, level_of_measurement="nominal"))
        close("nltk fleiss", task.multi_kappa() if len(annotators) == 2 else None,
              cohen_kappa_score(*columns) if len(annotators) == 2 else None)


# The unitizing alphas


class Coincidences:
    """ℓ_ck and S_c, added up over documents."""

    def __init__(self):
        self.lengths = defaultdict(float)
        self.squares = defaultdict(float)

    def add(self, layers, length):
        """Layers: lists of (value, start, end) that do not overlap."""
        others = len(layers) - 1
        full = [self.with_gaps(layer, length) for layer in layers]
        for one, two in itertools.permutations(full, 2):
            for (c, a, b), (k, x, y) in itertools.product(one, two):
                self.lengths[c, k] += max(0, min(b, y) - max(a, x)) / others
        for value, start, end in itertools.chain(*full):
            self.squares[value] += (end - start) if value == GAP else (end - start) ** 2

    @staticmethod
    def with_gaps(layer, length):
        at, full = 0, []
        for value, start, end in sorted(layer, key=lambda unit: unit[1]):
            if start > at:
                full.append((GAP, at, start))
            full.append((value, start, end))
            at = end
        return full + ([(GAP, at, length)] if at < length else [])

    def alpha(self, of=None):
        """1 − D_o / D_e over all c ≠ k, or over the row of one value."""
        values = sorted({value for pair in self.lengths for value in pair})
        row = {c: sum(self.lengths[c, k] for k in values) for c in values}
        total, squares = sum(row.values()), sum(self.squares.values())
        unequal = [(c, k) for c in values for k in values if c != k and of in (None, c)]
        observed = sum(self.lengths[pair] for pair in unequal)
        scale = total - squares / total if total else 0
        expected = sum(row[c] * row[k] for c, k in unequal) / scale if scale > 0 else 0
        return 1 - observed / expected if expected > 0 else None


def unitizing(documents, annotators, labels):
    """uα, |uα, cuα, and (k)uα by label."""
    every, binary, coding = Coincidences(), Coincidences(), Coincidences()
    for document in documents:
        length = len(document["text"])
        layers = [
            [(s["label"], a, b) for s in chosen(document["layers"][name], labels) for a, b in s["fragments"]]
            for name in annotators
            if name in document["layers"]
        ]
        for layer in layers:
            edges = sorted((a, b) for _, a, b in layer)
            if any(one[1] > two[0] for one, two in itertools.pairwise(edges)):
                return None, None, None, {}
        every.add(layers, length)
        binary.add([[("unit", a, b) for _, a, b in layer] for layer in layers], length)
        others = len(layers) - 1
        for one, two in itertools.permutations(layers, 2):
            for (c, a, b), (k, x, y) in itertools.product(one, two):
                coding.lengths[c, k] += max(0, min(b, y) - max(a, x)) / others
        for at, layer in enumerate(layers):
            for c, a, b in layer:
                met = sum(
                    max(0, min(b, y) - max(a, x))
                    for other in layers[:at] + layers[at + 1 :]
                    for _, x, y in other
                )
                coding.squares[c] += (met / others) ** 2
    return every.alpha(), binary.alpha(), coding.alpha(), {k: coding.alpha(k) for k in labels}


def check_published():
    """Krippendorff (2019), figure 12.11."""
    units = {
        "A": [(1, 0, 7), (2, 7, 13), (5, 30, 32), (6, 32, 37), (6, 37, 44), (7, 44, 60)],
        "P": [(1, 0, 7), (3, 7, 13), (5, 13, 21), (6, 32, 44)],
        "S": [(1, 0, 7), (4, 7, 13), (5, 13, 21), (6, 32, 37), (6, 37, 41), (6, 41, 44)],
    }
    layers = {
        name: [{"label": str(c), "fragments": [[a, b]]} for c, a, b in rows] for name, rows in units.items()
    }
    document = {"text": "x" * 60, "layers": layers}
    found = unitizing([document], list("APS"), list("1234567"))[:3]
    for ours, published in zip(found, (0.510, 0.4136, 0.724)):
        close("figure 12.11", ours, published, 1e-3)


def check_unitizing(units, annotators, labels, ours, ku=()):
    every, binary, coding, by_label = unitizing(units["documents"], annotators, labels)
    close("u_alpha", ours["u_alpha"], every)
    close("u_alpha_binary", ours["u_alpha_binary"], binary)
    close("cu_alpha", ours["cu_alpha"], coding)
    for label, value, _ in ku:
        close(("ku_alpha", label), value, by_label[label])


# γ


def check_gamma(units, annotators, ours, most=12):
    logging.disable(logging.CRITICAL)
    from pyannote.core import Segment
    from pygamma_agreement import CombinedCategoricalDissimilarity, Continuum, ShuffleContinuumSampler

    numpy.random.seed(0)
    mine = {one["id"]: one for one in ours["documents"]}
    dissimilarity = CombinedCategoricalDissimilarity(
        alpha=ours["alpha"], beta=ours["beta"], delta_empty=1.0
    )
    off, compared = [], 0
    for document in units["documents"][:most]:
        one = mine.get(document["id"])
        if one is None or one["of_pairs"]:
            continue
        continuum = Continuum()
        for name in annotators:
            continuum.add_annotator(name)
            for span in document["layers"][name]:
                extent = span["fragments"][0][0], span["fragments"][-1][1]
                continuum.add(name, Segment(*extent), span["label"])
        theirs = continuum.compute_gamma(
            dissimilarity, n_samples=ours["samples"], sampler=ShuffleContinuumSampler()
        )
        # pygamma-agreement computes in 32 bits.
        close(("observed disorder", document["id"]), one["observed"], float(theirs.observed_disorder), 1e-6)
        drawn = numpy.array([float(a.disorder) for a in theirs.chance_alignments])
        error = drawn.std(ddof=1) / math.sqrt(len(drawn))
        spread = math.hypot(error, one["expected_error"])
        off.append((one["expected"] - drawn.mean()) / spread)
        within = 1.96 * 2 * one["observed"] * spread / one["expected"] ** 2
        close(("gamma", document["id"]), one["gamma"], float(theirs.gamma), within)
        compared += 1
    if off:
        # A mean of z-scores: far from 0 where the sampling differs.
        assert abs(numpy.mean(off)) < 3 / math.sqrt(len(off)), off
    return compared


def main(units, ours):
    with open(units, encoding="utf-8") as file:
        units = json.load(file)
    with open(ours, encoding="utf-8") as file:
        ours = json.load(file)
    report = ours["report"]
    annotators = report["annotators"]
    names = [label["name"] for label in units["labels"]]
    assert report["n"]["documents"] == len(units["documents"])
    check_published()
    check_spans(units, report)
    check_seqeval(units, report)
    check_unitizing(units, annotators, names, report)
    for group, numbers in report["groups"].items():
        labels = [label["name"] for label in units["labels"] if label["group"] == group]
        check_tokens(units, annotators, labels, numbers)
        check_unitizing(units, annotators, labels, numbers, ours.get("ku_alpha", {}).get(group, ()))
    for label, u_alpha, kappa in ours.get("labels", []):
        close(("u_alpha", label), u_alpha, unitizing(units["documents"], annotators, [label])[0])
    for pair in report["pairs"]:
        check_unitizing(units, pair["annotators"], names, pair)
    compared = check_gamma(units, annotators, ours["gamma"])
    print(f"{len(units['documents'])} documents agree with other programs, {compared} of them in γ")


if __name__ == "__main__":
    main(*sys.argv[1:])
