"""Reads our brat export with pybrat and compares it.

Usage: brat.py FOLDER EXPECTED.json
"""

import json
import sys
from collections import Counter
from pathlib import Path

from pybrat.parser import BratParser


END = "\u220e"


class Parser(BratParser):
    """pybrat, for what brat itself allows: line breaks of two characters, labels of the same range."""

    def _parse_text(self, txt, encoding, preprocess_function):
        return Path(txt).read_bytes().decode(encoding)

    def _check_entities(self, entities):
        pass


def ended(line):
    """A line with a sign at its end: pybrat strips white space there, which a span may be."""
    return line.rstrip("\n") + END if line.startswith("T") else line


def names(folder):
    """What the types stand for that are made of names which brat does not allow."""
    made = {}
    for line in (Path(folder) / "visual.conf").read_text(encoding="utf-8").splitlines():
        kind, _, name = line.partition(" | ")
        if name:
            made[kind] = name
    return lambda kind: made.get(kind, kind)


def main(folder, expected):
    name_of = names(folder)
    wanted = json.loads(Path(expected).read_text(encoding="utf-8"))["documents"]
    files = sorted(Path(folder).glob("*.txt"))
    texts = [path.read_bytes().decode("utf-8") for path in files]
    assert Counter(texts) == Counter(document["text"] for document in wanted)
    assert all(path.with_suffix(".ann").exists() for path in files)
    found = Counter()
    for example in Parser(error="raise").parse(folder, ann_preprocess_function=ended):
        text = example.text
        spans = []
        for entity in example.entities:
            fragments = [(span.start, span.end) for span in entity.spans]
            mention = " ".join(text[a:b] for a, b in fragments)
            for control in "\t\r\n":
                mention = mention.replace(control, " ")
            assert mention + END == entity.mention, (mention, entity.mention)
            spans.append((name_of(entity.type), tuple(fragments)))
        extent = lambda entity: (
            min(span.start for span in entity.spans),
            max(span.end for span in entity.spans),
            name_of(entity.type),
        )
        relations = [(name_of(r.type), extent(r.arg1), extent(r.arg2)) for r in example.relations]
        found[text, tuple(sorted(spans)), tuple(sorted(relations))] += 1
    should = Counter()
    for document in wanted:
        text = document["text"]
        spans = [(s["label"], tuple(map(tuple, s["fragments"]))) for s in document["spans"]]
        relations = [(kind, tuple(a), tuple(b)) for kind, a, b in document.get("relations", [])]
        should[text, tuple(sorted(spans)), tuple(sorted(relations))] += 1
    assert found == should, (found - should, should - found)
    print(f"{len(files)} documents are as they should be")


if __name__ == "__main__":
    main(*sys.argv[1:])
