"""Reads a folder of texts that Hashiya wrote and compares it.

    plain_text.py FOLDER EXPECTED.json
"""

import json
import sys
from collections import Counter
from pathlib import Path


def main(folder, expected):
    wanted = json.loads(Path(expected).read_text(encoding="utf-8"))["documents"]
    texts = [path.read_bytes().decode("utf-8") for path in Path(folder).iterdir()]
    assert Counter(texts) == Counter(document["text"] for document in wanted)
    print(f"text: {len(texts)} documents")


if __name__ == "__main__":
    main(*sys.argv[1:])
