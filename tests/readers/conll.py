"""Reads an exported CoNLL file as others do and compares it with what was exported.

spaCy's converter takes the tokens and the last column; seqeval makes entities of each column.
The offsets column says where a token stands, in code points.

    conll.py FILE EXPECTED.json
"""

import json
import re
import sys

from seqeval.metrics.sequence_labeling import get_entities
from spacy.training.converters import conll_ner_to_docs

START = "-DOCSTART- -X- O O"
ESCAPES = {"s": " ", "n": "\n", "r": "\r", "t": "\t", "p": "|", "\\": "\\"}


def unescape(text):
    def of(match):
        return chr(int(match[1], 16)) if match[1] else ESCAPES[match[2]]

    return re.sub(r"\\(?:u\{([0-9a-f]+)\}|([snrtp\\]))", of, text)


def to_iob2(tags):
    """IOB1, BILOU and IOBES in the tags that seqeval's default reads."""
    out, previous = [], "O"
    for tag in tags:
        letter, _, label = tag.partition("-")
        if letter in "US":
            tag = "B-" + label
        elif letter in "LE":
            tag = "I-" + label
        elif letter == "I" and (previous == "O" or previous.split("-", 1)[1] != label):
            tag = "B-" + label
        out.append(tag)
        previous = tag
    return out


def main(path, expected_path):
    with open(expected_path, encoding="utf-8") as file:
        expected = json.load(file)["documents"]
    with open(path, encoding="utf-8", newline="") as file:
        content = file.read()
    parts = content.split(START)[1:]
    assert len(parts) == len(expected), (len(parts), len(expected))
    counted = 0
    for part, document in zip(parts, expected):
        text, found = document["text"], []
        sentences = [sentence for sentence in part.split("\n\n") if sentence.strip()]
        for sentence in sentences:
            # As people split columns: at any white space.
            rows = [line.split() for line in sentence.strip("\n").split("\n")]
            assert len({len(row) for row in rows}) == 1, rows
            ranges = [tuple(map(int, row[1].split("-"))) for row in rows]
            for row, (start, end) in zip(rows, ranges):
                token = text[start:end]
                raw = re.search(r"(?:^|\|)Raw=([^|]*)", row[2])
                assert (unescape(raw[1]) if raw else row[0]) == token, (row, token)
            for column in range(3, len(rows[0])):
                tags = to_iob2([row[column] for row in rows])
                for label, first, last in get_entities(tags):
                    span = (ranges[first][0], ranges[last][1], unescape(label))
                    found.append(span)
        wanted = sorted((*span["fragments"][0], span["label"]) for span in document["spans"])
        assert sorted(found) == wanted, (text, sorted(found), wanted)
        for span in document["spans"]:
            (start, end) = span["fragments"][0]
            assert text[start:end] == span["text"]
        counted += len(found)

    docs = list(conll_ner_to_docs(content, no_print=True))
    parts = [part for part in parts if part.strip()]
    assert len(docs) == len(parts), (len(docs), len(parts))
    for doc, part in zip(docs, parts):
        rows = [line.split() for line in part.split("\n") if line.strip()]
        assert [token.text for token in doc] == [row[0] for row in rows]
        last = list(zip(*rows))[-1] if len({len(row) for row in rows}) == 1 else []
        # spaCy knows B, I, L, U; and an I at the beginning is one of its entities, too.
        plain = all(tag[0] in "BILUO" for tag in last)
        if plain and not any(
            tag[0] == "I" and (at == 0 or last[at - 1] == "O") for at, tag in enumerate(last)
        ):
            begun = sum(tag[0] in "BU" for tag in last)
            assert len(doc.ents) == begun, (len(doc.ents), begun)
    print(f"conll: {len(expected)} documents, {counted} spans")


if __name__ == "__main__":
    main(*sys.argv[1:])
