"""Reads the MUC-4 files of ../shared/data and marks their role fillers in the text.

The three forms of the corpus are joined by document: `ree` gives the text and the entities of
each role, `gtt` the incident types, `full` the descriptions of human targets, which the other
two leave out. Every exact occurrence of a gold string is marked, the longest first, because the
corpus says which strings fill a role and not where. Nothing is written to disk by this module.
"""

import gzip
import hashlib
import json
import re
from dataclasses import dataclass, field
from pathlib import Path

ROLES = ["PerpInd", "PerpOrg", "Target", "Victim", "Weapon", "VictimDesc"]
KINDS = ["arson", "attack", "bombing", "kidnapping", "robbery", "forced work stoppage"]


@dataclass
class Mark:
    """One occurrence of a gold string: bytes are not needed here, so offsets are characters."""

    start: int
    end: int
    role: int
    kinds: frozenset[int]


@dataclass
class Doc:
    """A document with everything that the heads are taught."""

    id: str
    text: str
    dateline: str
    marks: list[Mark]
    kinds: frozenset[int]
    relevant: bool
    gold_ree: dict = field(default_factory=dict)
    gold_gtt: list = field(default_factory=list)
    share: float | None = None  # how likely an epoch has it; None where train.py says it


def lines(path: Path) -> list[dict]:
    """The objects of a gzipped file of JSON lines."""
    with gzip.open(path, "rt", encoding="utf-8") as file:
        return [json.loads(line) for line in file if line.strip()]


def occurrences(text: str, string: str) -> list[tuple[int, int]]:
    """Where a string stands in a text as whole words."""
    if not string.strip():
        return []
    pattern = re.escape(string.strip())
    return [m.span() for m in re.finditer(rf"(?<![A-Za-z0-9]){pattern}(?![A-Za-z0-9])", text)]


def dateline(full: str) -> str:
    """What stands before the mark of the text's beginning, in the style of the shorter forms."""
    head = full.split("[TEXT]")[0] if "[TEXT]" in full[:400] else ""
    head = head.replace("[", "(").replace("]", ")").lower()
    return " ".join(head.split())


def quoted(fill: str) -> list[str]:
    """The strings of a fill such as `"TOWN MAYOR" / "MAYOR": "JUAN PEREZ"`, without the name."""
    head = re.split(r'"\s*:\s*', fill.replace('\\"', "\u0001"))[0]
    found = re.findall(r'"([^"]+)"', head + '"') or []
    return [f.replace("\u0001", '"').lower().replace("[", "(").replace("]", ")") for f in found]


def kinds_of(name: str) -> frozenset[int]:
    """The incident types of a template; the corpus writes alternatives with a slash."""
    return frozenset(KINDS.index(k.strip()) for k in name.split("/") if k.strip() in KINDS)


def documents(folder: Path, split: str) -> list[Doc]:
    """All documents of a split."""
    ree, gtt, full = (lines(folder / f"{split}.{f}.jsonl.gz") for f in ("ree", "gtt", "full"))
    docs = []
    for r, g, f in zip(ree, gtt, full, strict=True):
        assert r["docid"] == g["docid"] == f["docid"]
        text = r["doctext"]
        strings: dict[tuple[str, int], set[int]] = {}
        for template in g["templates"]:
            for role, name in enumerate(ROLES[:5]):
                for entity in template.get(name, []):
                    for mention in entity:
                        key = (mention[0].lower(), role)
                        strings.setdefault(key, set()).update(kinds_of(template["incident_type"]))
        for role, name in enumerate(ROLES[:5]):
            for entity in r["extracts"].get(name, []):
                for mention in entity:
                    strings.setdefault((mention[0].lower(), role), set())
        for template in f["templates"]:
            for fill in template.get("HUM TGT: DESCRIPTION", []):
                for string in quoted(fill):
                    kind = kinds_of(" / ".join(template["INCIDENT: TYPE"]).lower())
                    strings.setdefault((string, ROLES.index("VictimDesc")), set()).update(kind)
        marks: list[Mark] = []
        for role in range(len(ROLES)):
            taken: list[tuple[int, int]] = []
            mine = sorted((s for s, r_ in strings if r_ == role), key=lambda s: (-len(s), s))
            for string in mine:
                for start, end in occurrences(text, string):
                    if all(end <= a or start >= b for a, b in taken):
                        taken.append((start, end))
                        marks.append(Mark(start, end, role, frozenset(strings[string, role])))
        kinds = frozenset().union(*(kinds_of(t["incident_type"]) for t in g["templates"]), frozenset())
        docs.append(
            Doc(r["docid"], text, dateline(f["text"]), marks, kinds, bool(g["templates"]),
                r["extracts"], g["templates"])
        )
    return docs


def held_out(doc_id: str) -> bool:
    """An eighth of train on which thresholds and the entity scorer are fitted, by digest of the id."""
    return hashlib.sha256(doc_id.encode()).digest()[0] % 8 == 0
