"""Which kinds of incidents a document tells of: windows, fillers and relevance weighed together.

One logistic model for all kinds: what the windows say of the kind, what the scored fillers say, how
relevant the document is, and a bias of the kind. `crates/neural/src/incidents.rs` does the same.
"""

from dataclasses import dataclass

import numpy as np

import muc
from entities import Group, logit


@dataclass
class Kinds:
    """The model."""

    weights: np.ndarray
    bias: float

    @staticmethod
    def features(p: dict, mine: list[Group], scores: list[float]) -> np.ndarray:
        """One row for each kind."""
        whole = np.max([w[2] for w in p["windows"]], 0) if p["windows"] else np.zeros(1 + len(muc.KINDS))
        fillers = [(s, g) for s, g in zip(scores, mine) if g.role < muc.ENTITIES]
        sentences = sorted(p["sentences"].values(), reverse=True) or [0.0]
        rows = []
        for k in range(len(muc.KINDS)):
            of = [s * float(g.kinds[k]) for s, g in fillers]
            rows.append([
                logit(whole[1 + k]), logit(whole[0]), logit(max(of, default=0.0)), np.log(0.1 + sum(of)),
                logit(max((s for s, _ in fillers), default=0.0)), logit(sentences[0]), *np.eye(len(muc.KINDS))[k],
            ])
        return np.array(rows, float)

    @classmethod
    def fitted(cls, fitted: object, which: list[int], logistic: object) -> "Kinds":
        """On documents whose groups are scored."""
        chosen = set(which)
        given = zip(fitted.predictions, fitted.groups, fitted.scores)
        rows = [cls.features(*g) if i in chosen else None for i, g in enumerate(given)]
        x = np.concatenate([rows[i] for i in which])
        y = np.concatenate([[float(k in fitted.docs[i].kinds) for k in range(len(muc.KINDS))] for i in which])
        return cls(*logistic(x, y, 5.0))

    def of(self, p: dict, mine: list[Group], scores: list[float]) -> np.ndarray:
        """The probability of each kind."""
        return 1 / (1 + np.exp(-(self.features(p, mine, scores) @ self.weights + self.bias)))

    def written(self) -> dict:
        """As the weights hold it."""
        return {"weights": self.weights.tolist(), "bias": self.bias}
