"""From scored spans to entities, and from entities to incidents.

A group is all candidate spans of one role in one document that have the same normalised string.
Its score is a logistic model over what is known of it: probabilities, counts, place in the
document, relevance of its sentences and of the document, rivals. The model and the thresholds are
fitted on the held-out part of train, on which the encoder was not trained, so that its
probabilities mean there what they mean on new text. `crates/neural/src/entities.rs` does the same.
"""

import re
import string
from dataclasses import dataclass, field

import numpy as np

import muc

DROP = str.maketrans("", "", string.punctuation)
ROLES = len(muc.ROLES)
NAMES = ["max", "any", "sum", "count", "occurs", "first", "sentence", "window", "other_role", "other_span",
         "inside", "contains", "words", "kinds", "begins", "digit", "second", "rank", "support", "known", "head"]
KNOWN, HEAD = NAMES.index("known"), NAMES.index("head")
SHORTER = ["last", "never", "last", "any", "last", "last", "never", "never"]  # when a shorter form is the same, by role
WIDTH = len(NAMES) + 3 * ROLES  # the roles themselves, and two features again for each role


def norm(s: str) -> str:
    """The benchmark's normal form: no punctuation, no articles, single spaces."""
    return " ".join(w for w in s.lower().translate(DROP).split() if w not in ("a", "an", "the"))


@dataclass
class Group:
    """An entity candidate."""

    role: int
    key: str
    text: str
    spans: list[dict] = field(default_factory=list)
    any: float = 0.0
    features: np.ndarray | None = None
    kinds: np.ndarray | None = None
    traits: np.ndarray | None = None
    gold: bool = False
    gold_kinds: frozenset[int] = frozenset()


def logit(p: float) -> float:
    """Log odds, kept finite."""
    p = min(max(p, 1e-3), 1 - 1e-3)
    return float(np.log(p / (1 - p)))


class Habits:
    """How often a name, and a last word, fills its role where it is a candidate: log odds above the role's.

    Not of roles that persons fill: the weights are no list of persons.
    """

    LEAST = 4  # candidates from which on a name is kept
    PERSONS = (muc.ROLES.index("PerpInd"), muc.ROLES.index("Victim"))

    def __init__(self, mine: list[Group]) -> None:
        self.names, self.heads = self.table(mine, lambda g: g.key), self.table(mine, head)

    def table(self, mine: list[Group], key: object) -> dict[tuple[int, str], float]:
        """By role and string."""
        counts: dict[tuple[int, str], list[int]] = {}
        usual = [[1.0, 4.0] for _ in range(ROLES)]
        for g in mine:
            if g.role in self.PERSONS:
                continue
            for c in (counts.setdefault((g.role, key(g)), [0, 0]), usual[g.role]):
                c[0 if g.gold else 1] += 1
        out = {}
        for (role, string), (yes, no) in counts.items():
            share = usual[role][0] / sum(usual[role])
            if yes + no >= self.LEAST:
                p = (yes + 3 * share) / (yes + no + 3)
                out[role, string] = round(logit(p) - logit(share), 3)
        return out

    @classmethod
    def read(cls, scorer: dict) -> "Habits":
        """From what fit.py wrote."""
        out = cls([])
        out.names, out.heads = ({(r, s): v for r, s, v in scorer[k]} for k in ("names", "heads"))
        return out

    def write(self, mine: list[Group]) -> None:
        """Fills the features that come from here."""
        for g in mine:
            g.features[KNOWN] = self.names.get((g.role, g.key), 0.0)
            g.features[HEAD] = self.heads.get((g.role, head(g)), 0.0)


def head(g: Group) -> str:
    """The last word."""
    return g.key.rsplit(" ", 1)[-1]


def groups(doc: muc.Doc, p: dict) -> list[Group]:
    """The candidates of a document, with features and with what gold says of them."""
    by: dict[tuple[int, str], Group] = {}
    for s in sorted(p["spans"], key=lambda s: (s["role"], s["start"], s["end"])):
        text = doc.text[s["start"] : s["end"]]
        if len(key := norm(text)) > 1:  # a single letter names nobody and nothing
            by.setdefault((s["role"], key), Group(s["role"], key, text)).spans.append(s)
    mine = [g for g in by.values() if max(s["p"] for s in g.spans) >= 0.05]
    for g in mine:
        g.any = 1 - float(np.prod([1 - s["p"] for s in g.spans]))
    window = max((float(w[2][0]) for w in p["windows"]), default=0.0)
    folded = " " + norm(doc.text) + " "
    for g in mine:
        ps = sorted((s["p"] for s in g.spans), reverse=True)
        best = max(g.spans, key=lambda s: s["p"])
        g.text = doc.text[best["start"] : best["end"]]
        asked = sum(s["p"] * s["asked"] for s in g.spans) / sum(ps)
        g.kinds, g.traits = asked[: len(muc.KINDS)], asked[len(muc.KINDS) :]
        over = [s for s in p["spans"] if s["start"] < best["end"] and s["end"] > best["start"]]
        place = (best["start"], best["end"])
        words = set(g.key.split())
        likely = [set(o.key.split()) for o in mine if o is not g and o.role == g.role and o.any >= 0.3]
        shared = [
            logit(ps[0]), logit(g.any), np.log(sum(ps)), np.log(len(ps)),
            np.log(1 + folded.count(f" {g.key} ")), best["start"] / max(1, len(doc.text)),
            logit(max(p["sentences"].get(s["sentence"], 0.0) for s in g.spans)), logit(window),
            logit(max((s["p"] for s in over if s["role"] != g.role), default=0.0)),
            logit(max((s["p"] for s in over if s["role"] == g.role and (s["start"], s["end"]) != place), default=0.0)),
            any(words < o for o in likely), any(o < words for o in likely), len(g.key.split()) / 4,
            float(np.max(g.kinds)), logit(max(s["begin"] for s in g.spans)),
            any(c.isdigit() for c in g.key), logit(ps[1] if len(ps) > 1 else 0.0),
            np.log(1 + sum(o.any > g.any for o in mine if o.role == g.role)),
            logit(max((s["p"] for s in p["spans"] if s["role"] != g.role and s["role"] < muc.ENTITIES
                       and s["sentence"] == best["sentence"]), default=0.0)),
            0.0, 0.0,
        ]
        role = np.eye(ROLES)[g.role]
        g.features = np.concatenate([shared, role, role * shared[1], role * shared[7]]).astype(np.float64)
        marks = [m for m in doc.marks if m.role == g.role and norm(doc.text[m.start : m.end]) == g.key]
        if g.role < muc.ENTITIES:
            gold = doc.gold_ree.get(muc.ROLES[g.role], [])
            g.gold = any(g.key == norm(m[0]) for e in gold for m in e)
        else:
            g.gold = bool(marks)
        g.gold_kinds = frozenset().union(*(m.kinds for m in marks), frozenset())
    return mine


def overlaps(a: Group, b: Group) -> bool:
    """All places of `a` are covered by places of `b`."""
    return all(any(s["start"] < o["end"] and s["end"] > o["start"] for o in b.spans) for s in a.spans)


def pick(mine: list[Group], scores: list[float], cut: list[float]) -> list[tuple[Group, float]]:
    """The groups above the threshold of their role, the best first, without overlapping variants."""
    taken: list[tuple[Group, float]] = []
    for s, g in sorted(zip(scores, mine), key=lambda x: -x[0]):
        if s < cut[g.role]:
            continue
        if any(o.role == g.role and (overlaps(g, o) or overlaps(o, g)) for o, _ in taken):
            continue
        taken.append((g, s))
    return taken


def explains(a: Group, b: Group, text: str) -> bool:
    """The text says `b` in parentheses after `a`."""
    for s in a.spans:
        rest = text[s["end"] :].lstrip()
        if rest[:1] in ("(", "[") and norm(re.split(r"[)\]]", rest[1:200], maxsplit=1)[0]) == b.key:
            return True
    return False


def same(a: Group, b: Group, text: str, aliases: set[frozenset[str]]) -> bool:
    """Two groups name one entity: an alias, an acronym in parentheses, or a shorter form."""
    if a.role != b.role:
        return False
    if frozenset((a.key, b.key)) in aliases or explains(a, b, text) or explains(b, a, text):
        return True
    wa, wb = a.key.split(), b.key.split()
    if len(wa) > len(wb):
        wa, wb = wb, wa
    if SHORTER[a.role] == "any":
        return wa[-1] == wb[-1] or set(wa) < set(wb)
    return SHORTER[a.role] == "last" and len(wa) < len(wb) and wb[-len(wa) :] == wa


def merged(taken: list[tuple[Group, float]], text: str, aliases: set[frozenset[str]]) -> list[list[tuple[Group, float]]]:
    """Entities: groups that name the same thing together, the best first."""
    out: list[list[tuple[Group, float]]] = []
    for item in taken:
        home = next((e for e in out if any(same(item[0], o, text, aliases) for o, _ in e)), None)
        if home is None:
            out.append([item])
        else:
            home.append(item)
    return out


def alias_pairs(docs: list[muc.Doc]) -> set[frozenset[str]]:
    """Names of organisations that train gives as one entity, at least in two documents."""
    seen: dict[frozenset[str], int] = {}
    for doc in docs:
        for pair in {frozenset((norm(a[0]), norm(b[0]))) for e in doc.gold_ree["PerpOrg"] for a in e for b in e}:
            if len(pair) == 2:
                seen[pair] = seen.get(pair, 0) + 1
    return {p for p, n in seen.items() if n >= 2}


def incidents(
    entities: list[list[tuple[Group, float]]], told: np.ndarray, t: dict
) -> list[tuple[int, list[list[tuple[Group, float]]]]]:
    """One incident for each kind that the document tells of, with the entities that are of it.

    An entity that is of none of them goes to the likeliest. Where no kind is told, there is none.
    """
    shown = [k for k in range(len(muc.KINDS)) if told[k] >= t["kind"]]
    of = {k: [] for k in shown}
    for e in entities:
        if e[0][0].role >= muc.ENTITIES or not shown:
            continue
        kinds = (1 - t["mix"]) * e[0][0].kinds + t["mix"] * told
        chosen = [k for k in shown if kinds[k] >= t["entity"]] or [max(shown, key=lambda k: kinds[k])]
        for k in chosen:
            of[k].append(e)
    return [(k, of[k]) for k in shown]
