"""Reads an exported CoNLL-U file with the `conllu` package and compares it with what was exported.

    conllu.py FILE EXPECTED.json
"""

import json
import os
import re
import sys

# This file has the package's name.
sys.path = [path for path in sys.path if os.path.abspath(path or ".") != os.path.dirname(os.path.abspath(__file__))]

import conllu

ESCAPES = {"s": " ", "n": "\n", "r": "\r", "t": "\t", "p": "|", "\\": "\\"}


def unescape(text):
    def of(match):
        return chr(int(match[1], 16)) if match[1] else ESCAPES[match[2]]

    return re.sub(r"\\(?:u\{([0-9a-f]+)\}|([snrtp\\]))", of, text)


def documents(path):
    """Each document's head with its sentences."""
    found = []
    with open(path, encoding="utf-8", newline="\n") as file:
        for sentence in conllu.parse_incr(file):
            if "document" in sentence.metadata:
                found.append((json.loads(sentence.metadata["document"]), []))
            found[-1][1].append(sentence)
    return found


def whitespace(misc):
    if misc.get("SpaceAfter") == "No":
        return ""
    return unescape(misc["SpacesAfter"]) if "SpacesAfter" in misc else " "


def check(sentences, document):
    text, found, covered = "", [], 0
    open_spans = {}
    for sentence in sentences:
        surface = ""
        for token in sentence:
            misc = token["misc"] or {}
            form = unescape(misc["Raw"]) if "Raw" in misc else token["form"]
            if isinstance(token["id"], tuple):
                covered = token["id"][2]
            if isinstance(token["id"], tuple) or token["id"] > covered:
                text += unescape(misc.get("SpacesBefore", "")) + form + whitespace(misc)
                surface += token["form"] + (" " if whitespace(misc) else "")
            if isinstance(token["id"], tuple):
                continue
            start, end = int(misc["start_char"]), int(misc["end_char"])
            assert document["text"][start:end] == form, (form, document["text"])
            tags = {key: unescape(value) for key, value in misc.items() if re.fullmatch(r"ner\d*", key)}
            for key, tag in tags.items():
                letter, label = tag.split("-", 1)
                if letter == "I":
                    assert open_spans[key][2] == label
                    open_spans[key][1] = end
                else:
                    assert letter == "B"
                    open_spans[key] = [start, end, label]
                    found.append(open_spans[key])
        assert surface.rstrip(" ") == sentence.metadata["text"].rstrip(" "), sentence.metadata
        covered = 0
    assert text == document["text"], (text, document["text"])
    wanted = sorted([*span["fragments"][0], span["label"]] for span in document["spans"])
    assert sorted(found) == wanted, (found, wanted)
    return len(found)


def main(path, expected_path):
    with open(expected_path, encoding="utf-8") as file:
        expected = json.load(file)["documents"]
    exported = documents(path)
    assert len(exported) == len(expected), (len(exported), len(expected))
    spans = 0
    for (head, sentences), document in zip(exported, expected):
        assert head["metadata"].get("id") == document["id"]
        spans += check(sentences, document)
    print(f"conllu: {len(expected)} documents, {spans} spans")


if __name__ == "__main__":
    main(*sys.argv[1:])
