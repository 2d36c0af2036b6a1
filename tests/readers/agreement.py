"""Computes agreement with other people's programs, and compares what `hashiya agree --json` says.

Usage: agreement.py REPORT.json UNITS.json

UNITS.json: {"annotators": [NAME], "labels": [{"name", "group"}], "documents": [{"id", "text", "layers":
{NAME: [{"label", "fragments": [[start, end]]}]}, "gamma"}]}, offsets in code points; only documents that two
annotators share. `gamma`, where it is there, is what `agree` says of the document alone.
REPORT.json: what `agree --json` says of all of them. It has γ for the whole and not the disorders behind
it: those, and (k)uα, are compared by the tests of `src/agreement` alone.

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
# The class of tokens without a label; no label is called so.
OUTSIDE = "\0"
# What `agree` weighs position and label with, and how many samples it draws.
GAMMA = {"alpha": 1.0, "beta": 1.0, "samples": 30}


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


def token_labels(document, layer, labels):
    """The label of the first span by start (the longer first, then by label) that overlaps each token."""
    spans = sorted(
        layer, key=lambda s: (s["fragments"][0][0], -s["fragments"][-1][1], labels.index(s["label"]))
    )
    found = []
    for start, end in tokens(document["text"]):
        here = (s["label"] for s in spans if any(a < end and b > start for a, b in s["fragments"]))
        found.append(next(here, OUTSIDE))
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


def on_tokens(units, name):
    """Whether all spans of a label are whole tokens, one fragment each."""
    for document in units["documents"]:
        edges = tokens(document["text"])
        starts, ends = {a for a, _ in edges}, {b for _, b in edges}
        for layer in document["layers"].values():
            for span in chosen(layer, [name]):
                if len(span["fragments"]) > 1:
                    return False
                (start, end), = span["fragments"]
                if start not in starts or end not in ends:
                    return False
    return True


def check_seqeval(units, report):
    """Exact F1 of entities whose edges are tokens' edges is what seqeval has; how many labels were compared."""
    if len(report["annotators"]) != 2:
        return 0
    names = [label["name"] for label in units["labels"] if label["group"] == "entities"]
    compared = 0
    for name in filter(lambda name: on_tokens(units, name), names):
        sides = ([], [])
        for document in units["documents"]:
            bounds = {a: i for i, (a, _) in enumerate(tokens(document["text"]))}
            ends = {b: i for i, (_, b) in enumerate(tokens(document["text"]))}
            for annotator, rows in zip(report["annotators"], sides):
                row = ["O"] * len(bounds)
                for span in chosen(document["layers"][annotator], [name]):
                    (start, end), = span["fragments"]
                    row[bounds[start]] = "B-" + name
                    for at in range(bounds[start] + 1, ends[end] + 1):
                        row[at] = "I-" + name
                rows.append(row)
        theirs = f1_score(*sides, mode="strict", scheme=IOB2)
        close(("seqeval", name), report["exact"]["per_label"][name]["f1"], theirs)
        compared += 1
    return compared


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
        columns = [token_labels(document, layer, labels) for layer in layers]
        rows.extend(zip(*columns))
    columns = list(zip(*rows))
    pairs = list(itertools.combinations(columns, 2))
    kappa = [cohen_kappa_score(*pair) for pair in pairs]
    close("cohen_kappa", ours["cohen_kappa"], mean(k for k in kappa if not math.isnan(k)))
    close("fleiss_kappa", ours["fleiss_kappa"], fleiss(rows))
    places = {label: at for at, label in enumerate([OUTSIDE, *labels])}
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


def check_unitizing(units, annotators, labels, ours):
    every, binary, coding, _ = unitizing(units["documents"], annotators, labels)
    close("u_alpha", ours["u_alpha"], every)
    close("u_alpha_binary", ours["u_alpha_binary"], binary)
    close("cu_alpha", ours["cu_alpha"], coding)
    return every is not None


# γ


def check_gamma(units, annotators):
    """γ of single documents, within what the two samplings can be apart."""
    logging.disable(logging.CRITICAL)
    from pyannote.core import Segment
    from pygamma_agreement import CombinedCategoricalDissimilarity, Continuum, ShuffleContinuumSampler

    numpy.random.seed(0)
    weights = {name: GAMMA[name] for name in ("alpha", "beta")}
    dissimilarity = CombinedCategoricalDissimilarity(delta_empty=1.0, **weights)
    compared = 0
    for document in units["documents"]:
        if document.get("gamma") is None:
            continue
        continuum = Continuum()
        for name in annotators:
            continuum.add_annotator(name)
            for span in document["layers"][name]:
                extent = span["fragments"][0][0], span["fragments"][-1][1]
                continuum.add(name, Segment(*extent), span["label"])
        theirs = continuum.compute_gamma(
            dissimilarity, n_samples=GAMMA["samples"], sampler=ShuffleContinuumSampler()
        )
        drawn = numpy.array([float(a.disorder) for a in theirs.chance_alignments])
        # The error of the mean, on both sides.
        spread = drawn.std(ddof=1) * math.sqrt(1 / len(drawn) + 1 / GAMMA["samples"])
        within = 1.96 * 2 * float(theirs.observed_disorder) * spread / drawn.mean() ** 2
        close(("gamma", document["id"]), document["gamma"], float(theirs.gamma), within + 1e-6)
        compared += 1
    return compared


def main(report, units):
    with open(units, encoding="utf-8") as file:
        units = json.load(file)
    with open(report, encoding="utf-8") as file:
        report = json.load(file)
    annotators = report["annotators"]
    assert annotators == units["annotators"], annotators
    names = [label["name"] for label in units["labels"]]
    assert report["n"]["documents"] == len(units["documents"])
    for name, count in report["n"]["spans"].items():
        layers = [document["layers"].get(name, []) for document in units["documents"]]
        assert count == sum(map(len, layers)), name
    check_published()
    check_spans(units, report)
    entities = check_seqeval(units, report)
    flat = check_unitizing(units, annotators, names, report)
    assert {label["group"] for label in units["labels"]} == set(report["groups"])
    for group, numbers in report["groups"].items():
        labels = [label["name"] for label in units["labels"] if label["group"] == group]
        check_tokens(units, annotators, labels, numbers)
        flat |= check_unitizing(units, annotators, labels, numbers)
    for pair in report["pairs"]:
        check_unitizing(units, pair["annotators"], names, pair)
    compared = check_gamma(units, annotators)
    alphas = "with" if flat else "without"
    print(
        f"{len(units['documents'])} documents agree with other programs: {entities} labels in seqeval, "
        f"{compared} documents in γ, {alphas} unitizing alphas"
    )


if __name__ == "__main__":
    main(*sys.argv[1:])
