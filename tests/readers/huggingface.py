"""Loads a folder that Hashiya wrote, with Hugging Face's datasets, and holds it against what was exported."""

import json
import sys
import tempfile
from pathlib import Path

import datasets

# Behind the packages, some of which have the names of files here.
sys.path.append(str(Path(__file__).resolve().parent))
from parquet import check


def main():
    folder, expected = sys.argv[1:]
    with tempfile.TemporaryDirectory() as cache:
        parts = datasets.load_dataset(folder, cache_dir=cache)
        rows = [row for part in parts.values() for row in part]
        for name, part in parts.items():
            stated = part.info.splits[name].num_examples
            assert stated == part.num_rows, (name, stated, part.num_rows)
    with open(expected, encoding="utf-8") as file:
        check(rows, json.load(file)["documents"])
    print(f"{len(rows)} documents in {', '.join(parts)}")


if __name__ == "__main__":
    main()
