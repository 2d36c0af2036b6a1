"""What the readers' check exports: documents made here, so that what is expected owes nothing to the
program. Ranges are code points of the text, in Python's own slices.

A document is {"id", "text", "layers": {annotator: {"spans", "relations"}}}; a span is {"label",
"fragments", "attributes", "note"}; a relation is (kind, number of a span, number of another).
"""

import random
import re
import unicodedata

PEOPLE = ["amal", "yusuf"]
LABELS = ["PERSON", "ORGANIZATION", "LOCATION", "CLAIM", "DENIAL", "Person Name", "حدث", "B-X", "a_b/c:d", "قول، طويل"]
KINDS = ["has_source", "reported_by", "denies", "supports", "same_as", "علاقة", "is part of"]
ATTRIBUTES = ["polarity", "certainty", "directness", "implicit_target", "metonym", "صفة"]

PIECES = [
    "قال", "وسيرغي", "مُحَمَّدٌ", "\u064b", " ", " ", "  ", "\n", "\n\n", "\r\n", "\t", "\u00a0", "\u200c", "\u200f",
    "👨\u200d👩\u200d👧", "👍🏽", "é", "e\u0301", "ﷺ", ".", "؟!", '"', "'", "\\", "\\n", "<b>&amp;", "]]>", "#", "|",
    "[1]_*", "O", "AFP-3,5", "للأمم", "المتحدة", "«بيان»", "٣٢٠", "London",
]


def span(label, *fragments, attributes=None, note=""):
    return {"label": label, "fragments": [list(pair) for pair in fragments], "attributes": attributes or {}, "note": note}


def document(text, **layers):
    full = {name: {"spans": spans, "relations": relations} for name, (spans, relations) in layers.items()}
    return {"text": text, "layers": full}


def find(text, *quotes):
    """The ranges of quotes, each behind the one before."""
    ranges, at = [], 0
    for quote in quotes:
        start = text.index(quote, at)
        at = start + len(quote)
        ranges.append((start, at))
    return ranges


def corners():
    """Documents that each hold something that exports lose or move."""
    news = "قال الوزير سيرغي لافروف 👨\u200d👩\u200d👧 إن مُحَمَّداً نفى ذلك.\r\nوأضاف: «لا صحة له»."
    at = lambda *quotes: find(news, *quotes)
    claim = span("CLAIM", *at("الوزير سيرغي", "نفى ذلك"), attributes={"polarity": "negative", "صفة": "a \"b\" <c>"})
    yield document(
        news,
        amal=(
            [
                span("PERSON", *at("سيرغي لافروف"), note="سطر أول"),
                span("Person Name", *at("سيرغي لافروف")),
                span("حدث", *at("مُحَمَّداً نفى ذلك")),
                span("PERSON", *at("مُحَمَّداً")),
                claim,
                span("قول، طويل", *at("«لا صحة له»")),
            ],
            [("has_source", 4, 0), ("علاقة", 2, 3), ("is part of", 5, 4)],
        ),
        yusuf=([span("LOCATION", *at("👨\u200d👩\u200d👧")), span("B-X", *at("الوزير سيرغي لافروف 👨"))], []),
    )
    yield document("", amal=([], []))
    yield document("خبر بلا تعليق.\n", amal=([], []), yusuf=([], []))
    yield document("\n \r\n\t")
    yield document("مَرْحَبًا", amal=([span("a_b/c:d", (0, 1)), span("PERSON", (0, 9)), span("CLAIM", (8, 9))], []))
    crossing = "one two three four"
    yield document(
        crossing,
        amal=([span("CLAIM", (0, 13)), span("DENIAL", (4, 18)), span("O", (8, 13)), span("PERSON", (4, 7))], [("same_as", 0, 1), ("same_as", 1, 0)]),
    )
    # The same text twice is two documents.
    for label in ["PERSON", "LOCATION"]:
        yield document("تونس تونس", amal=([span(label, (0, 4))], []), yusuf=([span(label, (5, 9))], []))
    yield document("😀😀😀", amal=([span("PERSON", (1, 2)), span("DENIAL", (0, 1), (2, 3))], [("denies", 1, 0)]))


def generated(count, seed):
    """Documents by chance, the same each time."""
    chance = random.Random(seed)
    for _ in range(count):
        text = "".join(chance.choice(PIECES) for _ in range(chance.randrange(30)))
        layers = {name: layer(text, chance) for name in PEOPLE if chance.random() < 0.7}
        yield document(text, **layers)


def layer(text, chance):
    spans, taken = [], set()
    for _ in range(chance.randrange(7) if text else 0):
        label = chance.choice(LABELS)
        edges = sorted(chance.sample(range(len(text) + 1), min(len(text) + 1, chance.choice([2, 2, 2, 4]))))
        fragments = list(zip(edges[::2], edges[1::2]))
        # Written apart, fragments are spans: none may be one that is there.
        parts = {(label, part) for part in fragments}
        if not fragments or parts & taken:
            continue
        taken |= parts
        attributes = {chance.choice(ATTRIBUTES): chance.choice(["yes", "سلبي", 'a "b"'])} if chance.random() < 0.2 else {}
        spans.append(span(label, *fragments, attributes=attributes, note=chance.choice(["", "", "", "ملاحظة"])))
    ends = {(chance.randrange(len(spans)), chance.randrange(len(spans))) for _ in range(chance.randrange(3)) if spans}
    relations = [(chance.choice(KINDS), a, b) for a, b in sorted(ends) if a != b]
    return spans, relations


def sample(folder):
    """The articles with marks: `⟦LABEL#id name=value|text⟧`, `⟦+id|text⟧`, relations and notes below."""
    for article in sorted((folder / "articles").glob("*.txt")):
        text = article.read_bytes().decode("utf-8")
        layers = {}
        for name in PEOPLE:
            marked = folder / "marked" / name / article.name
            if marked.exists():
                found, spans, relations = marks(marked.read_bytes().decode("utf-8"))
                assert found == text, marked
                layers[name] = (spans, relations)
        yield document(text, **layers)


def marks(marked):
    body, _, below = marked.partition("\n=====\n")
    text, spans, ids, opened = "", [], {}, []
    for part in re.split("([⟦⟧])", body):
        if part == "⟧":
            found, start = opened.pop()
            found["fragments"].append([start, len(text)])
        elif part == "⟦":
            opened.append(None)
        elif opened and opened[-1] is None:
            head, _, part = part.partition("|")
            opened[-1] = (head_of(head, spans, ids), len(text))
            text += part
        else:
            text += part
    relations = []
    for line in below.splitlines():
        if line.startswith("relation "):
            _, kind, one, other = line.split(" ")
            relations.append((kind, ids[one], ids[other]))
        elif line.startswith("note "):
            _, key, note = line.split(" ", 2)
            spans[ids[key]]["note"] = note
    return text, spans, relations


def head_of(head, spans, ids):
    """The span that a mark's head begins or goes on with."""
    if head.startswith("+"):
        return spans[ids[head[1:]]]
    name, *values = head.split(" ")
    label, _, key = name.partition("#")
    spans.append(span(label, attributes=dict(value.split("=", 1) for value in values)))
    if key:
        ids[key] = len(spans) - 1
    return spans[-1]


def dataset(assets):
    """Everything, each document with an id."""
    documents = [*corners(), *generated(300, seed=3), *sample(assets)]
    for number, made in enumerate(documents, 1):
        made["id"] = f"d{number:04}"
    return documents


ENTITIES = ["PERSON", "ORGANIZATION", "LOCATION"]
STATEMENTS = ["CLAIM", "DENIAL"]


def annotated(count, seed, people):
    """Documents on which everybody marked nearly the same: whole words, and within a group of labels no span
    overlaps another of the same person."""
    chance = random.Random(seed)
    words = [piece for piece in PIECES if piece.strip() and not re.search(r"\s", piece)]
    for _ in range(count):
        chosen = [chance.choice(words) for _ in range(chance.randrange(20, 60))]
        text, places = "", []
        for word in chosen:
            text += chance.choice(["", " ", "\n"] if not text else [" ", "  ", "\n"])
            places.append((len(text), len(text) + len(word)))
            text += word
        layers = {}
        groups = [(ENTITIES, runs(len(chosen), 3, chance)), (STATEMENTS, runs(len(chosen), 12, chance))]
        for name in people:
            spans = []
            for labels, there in groups:
                spans += seen(there, labels, places, chance)
            # Whoever marked nothing has no layer, and the document would be nobody's.
            layers[name] = (spans or [span("PERSON", places[0])], [])
        yield document(text, **layers)


def runs(length, most, chance):
    """Runs of words that lie apart, each with a number that says its label."""
    found, at = [], 0
    while at < length:
        at += chance.randrange(2, 8)
        end = at + chance.randrange(1, most + 1)
        if end < length:
            found.append((at, end, chance.randrange(2)))
        at = end + 1
    return found


def seen(there, labels, places, chance):
    """The runs as one person marks them: some not at all, some with another edge or label."""
    spans = []
    for first, end, number in there:
        if chance.random() < 0.15:
            continue
        if chance.random() < 0.2 and end - first > 1:
            first += 1
        if chance.random() < 0.2:
            end += 1
        if chance.random() < 0.15:
            number += 1
        end = min(end, len(places))
        spans.append(span(labels[number % len(labels)], (places[first][0], places[end - 1][1])))
    return spans


def ron(documents):
    """The documents as a dataset of the program, whose ranges are bytes."""
    labels = sorted({s["label"] for d in documents for lay in d["layers"].values() for s in lay["spans"]})
    color = '(light: "#0063A6", dark: "#6CB4F0")'
    lines = ["Dataset(", 'format: "hashiya-dataset",', "version: 1,", 'offsets: "bytes",', "labels: ("]
    lines += ["labels: [", *(f"(id: {said(x)}, name: {said(x)}, kind: {kind_of(x)}, color: {color})," for x in labels), "],"]
    lines += ["attributes: [", *(f"(name: {said(x)}, kind: Text)," for x in ATTRIBUTES), "],"]
    lines += ["relation_types: [", *(f"(name: {said(x)})," for x in KINDS), "],", "),", "documents: ["]
    for made in documents:
        text = made["text"]
        lines.append(f"Document(metadata: {{\"id\": {said(made['id'])}}}, text: {said(text)}, layers: [")
        for name, lay in made["layers"].items():
            lines.append(f"(annotator: {said(name)}, spans: [")
            for number, one in enumerate(lay["spans"]):
                ranges = ", ".join(f"({in_bytes(text, a)}, {in_bytes(text, b)})" for a, b in one["fragments"])
                attributes = ", ".join(f"{said(key)}: {said(value)}" for key, value in one["attributes"].items())
                lines.append(
                    f"(id: \"s{number}\", label: {said(one['label'])}, at: [{ranges}], "
                    f"attributes: {{{attributes}}}, note: {said(one['note'])}),"
                )
            lines.append("], relations: [")
            for number, (kind, a, b) in enumerate(lay["relations"]):
                lines.append(f'(id: "r{number}", type: {said(kind)}, from: "s{a}", to: "s{b}"),')
            lines.append("]),")
        lines.append("]),")
    return "\n".join([*lines, "],", ")", ""])


def kind_of(label):
    return "Statement" if label in STATEMENTS else "Entity"


def in_bytes(text, at):
    return len(text[:at].encode("utf-8"))


def said(text):
    """A string of RON."""
    plain = lambda ch: unicodedata.category(ch)[0] not in "CZ" or ch == " "
    return '"' + "".join(
        "\\" + ch if ch in '"\\' else ch if plain(ch) else f"\\u{{{ord(ch):x}}}" for ch in text
    ) + '"'
