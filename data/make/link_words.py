#!/usr/bin/env python3
"""Counts in how many texts a word stands, for data/link/words.tsv.

Usage: link_words.py ../shared/data > data/link/words.tsv

The texts are those for development that are not used to measure linking: MUC-4 train, WikiEvents,
M2E2, Wikinews 2019, LGL, GeoVirus and GVDB dev. Only counts of single words leave them.
"""

import collections
import csv
import gzip
import json
import pathlib
import re
import sys
import unicodedata

LEAST = 8
WORD = re.compile(r"[^\W_]+(?:['’.][^\W_]+)*")


def fold(word):
    """The comparison key of a word, as engine::fold makes it."""
    plain = (c for c in unicodedata.normalize("NFD", word) if not unicodedata.combining(c))
    return "".join(plain).lower().translate({ord(c): None for c in "'’‘ʻʼ`."})


def lines(path):
    with gzip.open(path, "rt", encoding="utf-8") as file:
        return [json.loads(line) for line in file if line.strip()]


def texts(data):
    for record in lines(data / "muc4/train.full.jsonl.gz"):
        yield record["text"]
    for record in lines(data / "wikievents/train.jsonl.gz"):
        yield record.get("text") or " ".join(record["tokens"])
    sentences = collections.defaultdict(list)
    for record in lines(data / "m2e2/text_events.jsonl.gz"):
        sentences[record["sentence_id"].rsplit("_", 1)[0]].append(" ".join(record["words"]))
    yield from (" ".join(s) for s in sentences.values())
    csv.field_size_limit(10**9)
    with open(data / "wikinews/2019.csv", encoding="utf-8", newline="") as file:
        yield from (row["text"] for row in csv.DictReader(file))
    for name in ("lgl", "GeoVirus"):
        with gzip.open(data / f"places/{name}.xml.gz", "rt", encoding="utf-8") as file:
            yield from re.findall(r"<text>(.*?)</text>", file.read(), re.S)
    for record in lines(data / "gvdb/dev.json.gz"):
        yield " ".join(word for sentence in record["full_text"] for word in sentence)


def main():
    data = pathlib.Path(sys.argv[1])
    counts, n = collections.Counter(), 0
    for text in texts(data):
        n += 1
        counts.update({fold(re.sub(r"['’]s$", "", w)) for w in WORD.findall(text)})
    print("# In how many of some 3,000 news texts a word stands; the row without a word has how many texts there are.")
    print("# Made by data/make/link_words.py from MUC-4 train, WikiEvents, M2E2, Wikinews 2019, LGL, GeoVirus and GVDB dev.")
    print(f"# Counts only, of words in {LEAST} texts or more. Licence: CC0 1.0. Date: 2026-11-26.")
    print(f"\t{n}")
    for word, count in sorted(counts.items()):
        if count >= LEAST and word:
            print(f"{word}\t{count}")


if __name__ == "__main__":
    main()
