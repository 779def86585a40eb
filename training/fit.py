"""Fits the entity scorer and the thresholds on the held-out part of train, and scores dev.

    python training/fit.py --data ../shared/data --held HELD.pkl --dev DEV.pkl --out scorer.json

HELD and DEV are outputs of predict.py. Nothing is chosen by dev; its figures are printed only.
Thresholds are chosen on scores from five folds, so that the scorer does not judge what it was
fitted on.
"""

import argparse
import importlib.util
import json
import pickle
from pathlib import Path

import numpy as np

import muc
from entities import ROLES, SHORTER, WIDTH, alias_pairs, groups, incidents, merged, pick


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

    def apply(self, w: np.ndarray, b: float, which: range | list[int]) -> None:
        for i in which:
            self.scores[i] = [float(1 / (1 + np.exp(-(g.features @ w + b)))) for g in self.groups[i]]

    def matrix(self, which: list[int]) -> tuple[np.ndarray, np.ndarray]:
        mine = [g for i in which for g in self.groups[i]]
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
        for d, p, es in zip(self.docs, self.predictions, self.entities(cut)):
            templates = []
            for k, mine in incidents(es, p, t)[:8]:
                roles = {n: [[e[0][0].text] for e in mine if e[0][0].role == r] for r, n in enumerate(muc.ROLES[:5])}
                templates.append({"incident_type": muc.KINDS[k], **roles})
            out[d.id] = {"pred_templates": templates}
        return out


def main() -> None:
    p = argparse.ArgumentParser()
    p.add_argument("--data", type=Path, required=True)
    p.add_argument("--held", type=Path, required=True)
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

    held = Fitted(*pickle.loads(a.held.read_bytes()), aliases)
    n = len(held.docs)
    for fold in range(5):
        w, b = logistic(*held.matrix([i for i in range(n) if i % 5 != fold]), a.penalty)
        held.apply(w, b, [i for i in range(n) if i % 5 == fold])
    cut = [0.4] * ROLES
    grid = np.arange(0.08, 0.68, 0.04)
    curves = []
    for r in range(5):
        curve = []
        for c in grid:
            only = [2.0] * ROLES
            only[r] = float(c)
            curve.append(measure("ree", held, held.ree(only))[muc.ROLES[r]]["f1"])
        curves.append(curve)
    common = np.mean(curves, 0)
    for r in range(5):
        # a role's own curve is noisy on so few documents: half of the choice is the common one
        smooth = np.convolve(np.pad(np.asarray(curves[r]) + common, 1, mode="edge"), np.ones(3) / 3, "valid")
        cut[r] = float(grid[int(np.argmax(smooth))])
    show("held ree", measure("ree", held, held.ree(cut)))
    best, t = -1.0, {}
    for entity in (0.3, 0.4, 0.5, 0.6):
        for kind in (0.3, 0.5, 0.7, 1.1):
            for mix in (0.0, 0.3, 0.6):
                now = {"entity": entity, "kind": kind, "mix": mix}
                f = measure("gtt", held, held.gtt(cut, now))["micro"]["f1"]
                if f > best:
                    best, t = f, now
    show("held gtt", measure("gtt", held, held.gtt(cut, t)))
    w, b = logistic(*held.matrix(list(range(n))), a.penalty)
    a.out.write_text(json.dumps({
        "weights": w.tolist(), "bias": b, "thresholds": cut, "shorter": SHORTER, "incidents": t,
        "aliases": sorted(sorted(pair) for pair in aliases),
    }))
    print("thresholds", [round(c, 2) for c in cut], "incidents", t)
    if a.dev:
        dev = Fitted(*pickle.loads(a.dev.read_bytes()), aliases)
        dev.apply(w, b, range(len(dev.docs)))
        show("dev ree", measure("ree", dev, dev.ree(cut)))
        show("dev gtt", measure("gtt", dev, dev.gtt(cut, t)))
        a.out.with_suffix(".ree.json").write_text(json.dumps(dev.ree(cut)))
        a.out.with_suffix(".gtt.json").write_text(json.dumps(dev.gtt(cut, t)))


if __name__ == "__main__":
    main()
