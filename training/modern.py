"""Newer supervision in the form of muc.Doc: WikiEvents, M2E2, and examples of our own.

WikiEvents (bombings and attacks, whole articles) and M2E2 (VOA news, with many documents about
other things) mark arguments of events, not fillers of templates. What maps plainly is taught;
what may be a person, a place or a thing is left open, so that no loss is taken there.
Our own examples (data/*.jsonl) are invented: newer weapons and tactics, and what only looks like
violence.
"""

import json
import re
from pathlib import Path

from muc import KINDS, ROLES, STARTS, TRAITS, Doc, Mark, lines, occurrences

PERP, GROUP, TARGET, NAMED, WEAPON, HUMAN = range(6)
SCENE = (6, 7)  # place and day are not annotated
OURS = 0.7  # how likely an epoch has one of our own examples
CONFIDENCE, SLOT = "Confidence", "PERP: ORGANIZATION CONFIDENCE"  # ours, and that of the corpus
VALUES = frozenset(STARTS[SLOT] + i for i in range(len(TRAITS[SLOT])))
OPEN = -1  # a mark of this role leaves its tokens untaught
GROUPS = re.compile(
    r"\b(IS|ISIS|ISIL|IRA|ETA|PKK|TTP|Taliban|Qaeda|Hamas|Hezbollah|Haram|Shabaab|State|Front|Army|Group|Brigades?"
    r"|Party|Forces?|Police|Movement|Militia|Organi[sz]ation|Government|Military|Navy)\b"
)
PEOPLE = re.compile(
    r"\b(people|persons?|civilians?|children|child|women|woman|men|man|soldiers?|officers?|policem[ae]n|students?"
    r"|victims?|passengers?|workers?|members?|boys?|girls?|residents?|bystanders?|troops|protesters?|pedestrians?"
    r"|tourists?|runners?|spectators?|worshippers?|employees|others|dozens|hundreds)\b"
)


def role_of(event: str, role: str, text: str, sort: str | None) -> int | None:
    """The role of an argument; OPEN where it cannot be told."""
    named = text[:1].isupper()
    if role in ("Attacker", "Killer", "Injurer", "Agent") and event.startswith(("Conflict", "Life")):
        if sort == "ORG" or GROUPS.search(text):
            return GROUP
        return PERP if sort in ("PER", None) else OPEN
    if role in ("Instrument", "ExplosiveDevice"):
        return WEAPON
    if role == "Victim":
        if PEOPLE.search(text) and not named:
            return HUMAN
        return NAMED if named and sort in ("PER", None) else OPEN
    if role == "Target" and event.startswith("Conflict"):
        if sort in ("FAC", "VEH"):
            return TARGET
        if PEOPLE.search(text) and not named:
            return HUMAN
        return NAMED if named and sort == "PER" else OPEN
    return None


def kind_of(event: str) -> frozenset[int]:
    """The incident types that an event's type stands for."""
    if "DetonateExplode" in event:
        return frozenset([KINDS.index("bombing")])
    return frozenset([KINDS.index("attack")]) if event.startswith("Conflict") and "Attack" in event else frozenset()


def joined(words: list[str]) -> tuple[str, list[tuple[int, int]]]:
    """A text from tokens, and where each stands."""
    text, places = "", []
    for word in words:
        if text and not re.match(r"^[.,;:!?)\]’'%]", word):
            text += " "
        places.append((len(text), len(text) + len(word)))
        text += word
    return text, places


def wikievents(folder: Path) -> list[Doc]:
    """The articles of WikiEvents' train."""
    out = []
    for x in lines(folder / "train.jsonl.gz"):
        text, places = joined(x["tokens"])
        marks, kinds = [], set()
        for event in x["event_mentions"]:
            kind = kind_of(event["event_type"])
            kinds |= kind
            for a in event["arguments"]:
                role = role_of(event["event_type"], a["role"], a["text"], None)
                near = occurrences(text, a["text"])
                if role is None or not near:
                    continue
                # the file gives the words only: the nearest ones to the trigger are meant
                trigger = places[min(event["trigger"]["start_idx"], len(places) - 1)][0]
                start, end = min(near, key=lambda s: abs(s[0] - trigger))
                marks.append(Mark(start, end, role, kind))
        out.append(Doc(x["docid"], text, "", marks, frozenset(kinds), bool(kinds)))
    return out


def m2e2(folder: Path) -> list[Doc]:
    """The documents of M2E2, put together from their sentences."""
    by: dict[str, list[dict]] = {}
    for x in lines(folder / "text_events.jsonl.gz"):
        by.setdefault(x["sentence_id"].rsplit("_", 1)[0], []).append(x)
    out = []
    for name, sentences in sorted(by.items()):
        sentences.sort(key=lambda x: int(x["sentence_id"].rsplit("_", 1)[1]))
        text, marks, kinds = "", [], set()
        for x in sentences:
            words, places = joined(x["words"])
            base = len(text) + (1 if text else 0)
            text = f"{text} {words}" if text else words
            sorts = {(e["start"], e["end"]): e["entity-type"] for e in x["golden-entity-mentions"]}
            for event in x["golden-event-mentions"]:
                kind = kind_of(event["event_type"])
                kinds |= kind
                for a in event["arguments"]:
                    role = role_of(event["event_type"], a["role"], a["text"], sorts.get((a["start"], a["end"])))
                    if role is not None and a["end"] <= len(places):
                        marks.append(Mark(base + places[a["start"]][0], base + places[a["end"] - 1][1], role, kind))
        out.append(Doc(name, text, "", marks, frozenset(kinds), bool(kinds)))
    return out


def own(folder: Path) -> list[Doc]:
    """Our own examples: {"text", "incidents": [{"kind", role: [string, …], …, "Confidence": {string: value}}, …]}.

    Days and places are given by the files that have any; how sure the text is of an organisation, by some.
    """
    out = []
    for file in sorted(folder.glob("*.jsonl")):
        given = [json.loads(line) for line in file.read_text(encoding="utf-8").splitlines()]
        scenes = any(ROLES[s] in i for x in given for i in x["incidents"] for s in SCENE)
        for n, x in enumerate(given):
            told: dict[tuple[int, str], set[int]] = {}
            sure: dict[str, set[int]] = {}
            for incident in x["incidents"]:
                for string, value in incident.get(CONFIDENCE, {}).items():
                    sure.setdefault(string, set()).add(STARTS[SLOT] + TRAITS[SLOT].index(value))
                for role in incident.keys() - {"kind", CONFIDENCE}:
                    for string in incident[role]:
                        told.setdefault((ROLES.index(role), string), set()).add(KINDS.index(incident["kind"]))
            marks: list[Mark] = []
            for (role, string), kinds in sorted(told.items(), key=lambda t: (t[0][0], -len(t[0][1]), t[0][1])):
                places = occurrences(x["text"], string)
                assert places, f"{file.name}:{n + 1}: {string} is not in the text"
                free = [p for p in places if all(m.role != role or p[1] <= m.start or p[0] >= m.end for m in marks)]
                of = frozenset() if role in SCENE else frozenset(kinds)
                told_of = frozenset(sure.get(string, ())) if role == GROUP else frozenset()
                marks += [Mark(a, b, role, of, told_of, VALUES if told_of else frozenset()) for a, b in free]
            kinds = frozenset(KINDS.index(i["kind"]) for i in x["incidents"])
            untaught = () if scenes or not kinds else SCENE
            out.append(Doc(f"{file.stem}-{n}", x["text"], "", marks, kinds, bool(kinds), untaught=untaught, share=OURS))
    return out


def documents(data: Path, share: float) -> list[Doc]:
    """All of them; an epoch has `share` of the others' documents."""
    docs = wikievents(data / "wikievents") + m2e2(data / "m2e2")
    ours = own(Path(__file__).parent / "data")
    for doc in docs:
        doc.share, doc.untaught = share, SCENE
    return docs + ours
