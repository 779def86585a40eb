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
from bisect import bisect_right
from dataclasses import dataclass, field
from pathlib import Path

ROLES = ["PerpInd", "PerpOrg", "Target", "Victim", "Weapon", "VictimDesc", "Place", "Day"]
FOLDS = 3  # parts of train; an encoder may leave one out
ENTITIES = 5  # the first roles, which the `ree` and `gtt` forms have
KINDS = ["arson", "attack", "bombing", "kidnapping", "robbery", "forced work stoppage"]
# What else a filler's tokens are asked: of which slot, and the values that the corpus writes.
TRAITS = {
    "INCIDENT: STAGE OF EXECUTION": ["accomplished", "attempted", "threatened"],
    "PERP: INCIDENT CATEGORY": ["state-sponsored violence"],
    "PERP: ORGANIZATION CONFIDENCE": [
        "reported as fact", "suspected or accused", "suspected or accused by authorities", "claimed or admitted",
        "possible",
    ],
    "HUM TGT: EFFECT OF INCIDENT": ["death", "injury", "no injury or death"],
    "HUM TGT: TYPE": [
        "civilian", "political figure", "government official", "law enforcement", "legal or judicial",
        "active military", "security guard", "diplomat",
    ],
    "PHYS TGT: EFFECT OF INCIDENT": ["some damage", "destroyed", "no damage"],
    "PHYS TGT: TYPE": [
        "commercial", "energy", "transport vehicle", "government office or residence", "organization office",
        "communications", "financial", "civilian residence", "diplomat office or residence",
        "transportation route", "law enforcement facility", "other",
    ],
}
OF_ALL = ["INCIDENT: STAGE OF EXECUTION", "PERP: INCIDENT CATEGORY"]  # one value for the whole template
STARTS = {slot: len(KINDS) + sum(len(v) for v in list(TRAITS.values())[:i]) for i, slot in enumerate(TRAITS)}
ASKED = len(KINDS) + sum(len(v) for v in TRAITS.values())  # kinds, then traits


@dataclass
class Mark:
    """One occurrence of a gold string: bytes are not needed here, so offsets are characters."""

    start: int
    end: int
    role: int
    kinds: frozenset[int]
    traits: frozenset[int] = frozenset()  # those of ASKED that hold
    known: frozenset[int] = frozenset()  # those of ASKED of which the corpus says whether they hold


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
    untaught: tuple[int, ...] = ()  # roles of which the corpus says nothing here
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


def traits_of(template: dict) -> dict[str, tuple[set[int], set[int]]]:
    """By string, lower-cased: the traits that a template gives it, and those of which it says anything."""
    out: dict[str, tuple[set[int], set[int]]] = {}
    names = {}
    for fill in template.get("HUM TGT: DESCRIPTION", []):
        for described in quoted(fill):
            names[described] = [n.lower() for n in re.findall(r'"([^"]+)"', re.split(r'"\s*:\s*', fill, maxsplit=1)[-1])]
    for slot, values in TRAITS.items():
        first = STARTS[slot]
        classes = set(range(first, first + len(values)))
        for fill in template.get(slot, []):
            head, _, tail = fill.lower().partition(':')
            said = {v.strip(" ?") for v in head.split("/")}
            holds = {first + i for i, v in enumerate(values) if said & {v, f"former {v}"}}
            if slot in OF_ALL:
                strings = [""]
            else:
                strings = [t.replace("[", "(").replace("]", ")") for t in re.findall(r'"([^"]+)"', tail)]
                if not holds:
                    continue
            for string in strings:
                mine = out.setdefault(string, (set(), set()))
                mine[0].update(holds)
                mine[1].update(classes)
    for described, named in names.items():
        for name in named:
            if name in out and name != described:
                mine = out.setdefault(described, (set(), set()))
                mine[0].update(out[name][0])
                mine[1].update(out[name][1])
    return out


# which slots' traits a role is asked
OF_ROLE = {
    1: ["PERP: ORGANIZATION CONFIDENCE"], 2: ["PHYS TGT: EFFECT OF INCIDENT", "PHYS TGT: TYPE"],
    3: ["HUM TGT: EFFECT OF INCIDENT", "HUM TGT: TYPE"], 5: ["HUM TGT: EFFECT OF INCIDENT", "HUM TGT: TYPE"],
}


def asked_of(role: int) -> set[int]:
    """The traits that tokens of a role may be taught."""
    slots = [*OF_ALL, *OF_ROLE.get(role, [])]
    return {STARTS[s] + i for s in slots for i in range(len(TRAITS[s]))}


def scenes(folder: Path, split: str) -> dict[str, list[list[str]]]:
    """By document: the strings of its incidents' places, and of their days."""
    with gzip.open(folder / f"{split}.mucsum.json.gz", "rt", encoding="utf-8") as file:
        return {
            k: [[v for t in ts for v in t["template"][s] if v.strip()] for s in ("location", "date")]
            for k, ts in json.load(file).items()
        }


def near(text: str, marks: list[Mark], string: str) -> list[tuple[int, int]]:
    """Occurrences of a place or day in sentences that hold a filler; the first one where there is none."""
    found = occurrences(text, string)
    ends = [m.end() for m in re.finditer(r"[.!?][\"')\]]*\s+", text)]
    hot = {bisect_right(ends, m.start) for m in marks if m.role < ENTITIES}
    return [f for f in found if bisect_right(ends, f[0]) in hot] or found[:1]


def documents(folder: Path, split: str) -> list[Doc]:
    """All documents of a split."""
    told = scenes(folder, split)
    ree, gtt, full = (lines(folder / f"{split}.{f}.jsonl.gz") for f in ("ree", "gtt", "full"))
    docs = []
    for r, g, f in zip(ree, gtt, full, strict=True):
        assert r["docid"] == g["docid"] == f["docid"]
        text = r["doctext"]
        strings: dict[tuple[str, int], set[int]] = {}
        for template in g["templates"]:
            for role, name in enumerate(ROLES[:ENTITIES]):
                for entity in template.get(name, []):
                    for mention in entity:
                        key = (mention[0].lower(), role)
                        strings.setdefault(key, set()).update(kinds_of(template["incident_type"]))
        for role, name in enumerate(ROLES[:ENTITIES]):
            for entity in r["extracts"].get(name, []):
                for mention in entity:
                    strings.setdefault((mention[0].lower(), role), set())
        for template in f["templates"]:
            for fill in template.get("HUM TGT: DESCRIPTION", []):
                for string in quoted(fill):
                    kind = kinds_of(" / ".join(template["INCIDENT: TYPE"]).lower())
                    strings.setdefault((string, ROLES.index("VictimDesc")), set()).update(kind)
        traits: dict[str, tuple[set[int], set[int]]] = {}
        for template in f["templates"]:
            mine = traits_of(template)
            whole = mine.pop("", (set(), set()))
            for slot in ("PERP: INDIVIDUAL ID", "PERP: ORGANIZATION ID", "PHYS TGT: ID", "HUM TGT: NAME",
                         "HUM TGT: DESCRIPTION", "INCIDENT: INSTRUMENT ID"):
                for fill in template.get(slot, []):
                    for string in quoted(fill):
                        mine.setdefault(string, (set(), set()))
            for string, (holds, known) in mine.items():
                to = traits.setdefault(string, (set(), set()))
                to[0].update(holds | whole[0])
                to[1].update(known | whole[1])
        marks: list[Mark] = []
        for role in range(ENTITIES + 1):
            taken: list[tuple[int, int]] = []
            mine = sorted((s for s, r_ in strings if r_ == role), key=lambda s: (-len(s), s))
            for string in mine:
                for start, end in occurrences(text, string):
                    if all(end <= a or start >= b for a, b in taken):
                        taken.append((start, end))
                        holds, known = traits.get(string, (set(), set()))
                        asked = asked_of(role)
                        marks.append(Mark(start, end, role, frozenset(strings[string, role]),
                                          frozenset(holds & asked), frozenset(known & asked)))
        for role, mine in zip((ROLES.index("Place"), ROLES.index("Day")), told.get(r["docid"], [[], []])):
            for string in sorted(set(mine), key=lambda s: (-len(s), s)):
                for start, end in near(text, marks, string):
                    if not any(m.role == role and start < m.end and end > m.start for m in marks):
                        marks.append(Mark(start, end, role, frozenset()))
        untaught = () if r["docid"] in told or not g["templates"] else (6, 7)
        kinds = frozenset().union(*(kinds_of(t["incident_type"]) for t in g["templates"]), frozenset())
        docs.append(
            Doc(r["docid"], text, dateline(f["text"]), marks, kinds, bool(g["templates"]),
                r["extracts"], g["templates"], untaught)
        )
    return docs


def fold_of(doc_id: str, folds: int) -> int:
    """The fold of a document, by digest of the id."""
    return hashlib.sha256(doc_id.encode()).digest()[0] % folds
