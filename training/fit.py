"""Fits the entity scorer, the thresholds and the rule for kinds on train, and scores dev.

    python training/fit.py --data ../shared/data --held FOLD0.pkl FOLD1.pkl FOLD2.pkl --dev DEV.pkl --out scorer.json

HELD are outputs of predict.py for the folds of train, each by the encoder that had not seen it.
Nothing is chosen by dev; its figures are printed only. Thresholds are chosen on scores from five
folds, so that the scorer does not judge what it was fitted on.
"""

import argparse
import importlib.util
import json
import pickle
from pathlib import Path

import numpy as np

import muc
from entities import ROLES, SHORTER, WIDTH, Habits, alias_pairs, groups, incidents, merged, pick
from kinds import Kinds
from scope import scope

PARTS = 5
# The joined coder knows more of a filler than the model alone. What share of the model's own
# threshold it asks for was chosen, for each role, of 0.5, 0.65, 0.8 and 1 on 200 documents of each fold.
JOINED = [0.65, 1.0, 0.65, 1.0, 1.0, 0.65, 0.65, 0.65]


def logistic(x: np.ndarray, y: np.ndarray, penalty: float) -> tuple[np.ndarray, float]:
    """Weights and bias by Newton's method, penalised on standardised features."""
    mean, spread = x.mean(0), x.std(0)
    spread[spread < 1e-6] = 1.0
    z = np.concatenate([(x - mean) / spread, np.ones((len(x), 1))], 1)
    w = np.zeros(z.shape[1])
    ridge = np.full(len(w), penalty)
    ridge[-1] = 1e-6
    for _ in range(30):
        p = 1 / (1 + np.exp(-z @ w))
        step = np.linalg.solve((z.T * (p * (1 - p))) @ z + np.diag(ridge), z.T @ (p - y) + ridge * w)
        w -= step
        if np.abs(step).max() < 1e-6:
            break
    own = w[:-1] / spread
    return own, float(w[-1] - own @ mean)


class Fitted:
    """Documents with their groups, scored."""

    def __init__(self, docs: list[muc.Doc], predictions: list[dict], aliases: set[frozenset[str]]) -> None:
        self.docs, self.predictions, self.aliases = docs, predictions, aliases
        self.groups = [groups(d, p) for d, p in zip(docs, predictions, strict=True)]
        self.scores: list[list[float]] = [[] for _ in docs]
        self.told: list[np.ndarray] = [np.zeros(len(muc.KINDS)) for _ in docs]

    def all_of(self, which: list[int]) -> list:
        return [g for i in which for g in self.groups[i]]

    def apply(self, w: np.ndarray, b: float, which: range | list[int]) -> None:
        for i in which:
            self.scores[i] = [float(1 / (1 + np.exp(-(g.features @ w + b)))) for g in self.groups[i]]

    def matrix(self, which: list[int]) -> tuple[np.ndarray, np.ndarray]:
        mine = self.all_of(which)
        return np.array([g.features for g in mine]).reshape(-1, WIDTH), np.array([g.gold for g in mine], float)

    def entities(self, cut: list[float]) -> list:
        triples = zip(self.groups, self.scores, self.docs)
        return [merged(pick(g, s, cut), d.text, self.aliases) for g, s, d in triples]

    def gold(self) -> list[dict]:
        return [{"docid": d.id, "extracts": d.gold_ree, "templates": d.gold_gtt} for d in self.docs]

    def ree(self, cut: list[float]) -> dict:
        out = {}
        for d, es in zip(self.docs, self.entities(cut)):
            roles = {n: [[e[0][0].text] for e in es if e[0][0].role == r] for r, n in enumerate(muc.ROLES[:5])}
            out[d.id] = {"pred_extracts": roles}
        return out

    def gtt(self, cut: list[float], t: dict) -> dict:
        out = {}
        for d, told, es in zip(self.docs, self.told, self.entities(cut)):
            templates = []
            for k, mine in incidents(es, told, t)[:8]:
                roles = {n: [[e[0][0].text] for e in mine if e[0][0].role == r] for r, n in enumerate(muc.ROLES[:5])}
                templates.append({"incident_type": muc.KINDS[k], **roles})
            out[d.id] = {"pred_templates": templates}
        return out


def main() -> None:
    p = argparse.ArgumentParser()
    p.add_argument("--data", type=Path, required=True)
    p.add_argument("--held", type=Path, nargs="+", required=True)
    p.add_argument("--dev", type=Path)
    p.add_argument("--out", type=Path, required=True)
    p.add_argument("--penalty", type=float, default=20.0)
    a = p.parse_args()
    spec = importlib.util.spec_from_file_location("muc_score", a.data.parent / "eval" / "muc_score.py")
    score = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(score)
    aliases = alias_pairs(muc.documents(a.data / "muc4", "train"))

    def measure(kind: str, fitted: Fitted, pred: dict) -> dict:
        pred = {score.docid(k): v for k, v in pred.items()}
        return getattr(score, kind)(fitted.gold(), pred)

    def show(name: str, result: dict) -> None:
        cells = [f"{k} {v['p']:.1f}/{v['r']:.1f}/{v['f1']:.1f}" for k, v in result.items()]
        print(name, " ".join(cells), flush=True)

    parts = [pickle.loads(f.read_bytes()) for f in a.held]
    held = Fitted([d for ds, _ in parts for d in ds], [x for _, xs in parts for x in xs], aliases)
    everything = list(range(len(held.docs)))
    folds = [[i for i in everything if muc.fold_of("part" + held.docs[i].id, PARTS) == f] for f in range(PARTS)]
    rest = [sorted(set(everything) - set(f)) for f in folds]
    for mine, others in zip(folds, rest):
        Habits(held.all_of(others)).write(held.all_of(mine))
    for mine, others in zip(folds, rest):
        held.apply(*logistic(*held.matrix(others), a.penalty), mine)
    for mine, others in zip(folds, rest):
        kinds = Kinds.fitted(held, others, logistic)
        for i in mine:
            held.told[i] = kinds.of(held.predictions[i], held.groups[i], held.scores[i])
    cut = [0.4] * ROLES
    grid = np.arange(0.08, 0.68, 0.02)
    for r in range(5):
        curve = []
        for c in grid:
            only = [2.0] * ROLES
            only[r] = float(c)
            curve.append(measure("ree", held, held.ree(only))[muc.ROLES[r]]["f1"])
        smooth = np.convolve(np.pad(np.asarray(curve), 2, mode="edge"), np.ones(5) / 5, "valid")
        cut[r] = float(grid[int(np.argmax(smooth))])
    show("held ree", measure("ree", held, held.ree(cut)))
    best, t = -1.0, {}
    for entity in (0.2, 0.3, 0.4, 0.5, 0.6):
        for kind in (0.2, 0.3, 0.4, 0.5, 0.6):
            for mix in (0.0, 0.3, 0.6):
                now = {"entity": entity, "kind": kind, "mix": mix}
                f = measure("gtt", held, held.gtt(cut, now))["micro"]["f1"]
                if f > best:
                    best, t = f, now
    show("held gtt", measure("gtt", held, held.gtt(cut, t)))
    habits = Habits(held.all_of(everything))
    w, b = logistic(*held.matrix(everything), a.penalty)
    kinds = Kinds.fitted(held, everything, logistic)
    a.out.write_text(json.dumps({
        "weights": w.tolist(), "bias": b, "thresholds": [c * j for c, j in zip(cut, JOINED)], "shorter": SHORTER, "incidents": t,
        "scope": scope(held.docs), "aliases": sorted(sorted(pair) for pair in aliases), "kinds": kinds.written(),
        "names": [[r, s, v] for (r, s), v in sorted(habits.names.items()) if abs(v) >= 0.2],
        "heads": [[r, s, v] for (r, s), v in sorted(habits.heads.items()) if abs(v) >= 0.2],
    }))
    print("thresholds", [round(c, 2) for c in cut], "incidents", t)
    if a.dev:
        dev = Fitted(*pickle.loads(a.dev.read_bytes()), aliases)
        habits.write(dev.all_of(list(range(len(dev.docs)))))
        dev.apply(w, b, range(len(dev.docs)))
        dev.told = [kinds.of(*x) for x in zip(dev.predictions, dev.groups, dev.scores)]
        show("dev ree", measure("ree", dev, dev.ree(cut)))
        show("dev gtt", measure("gtt", dev, dev.gtt(cut, t)))
        a.out.with_suffix(".ree.json").write_text(json.dumps(dev.ree(cut)))
        a.out.with_suffix(".gtt.json").write_text(json.dumps(dev.gtt(cut, t)))


if __name__ == "__main__":
    main()
