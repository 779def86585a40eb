"""Writes the one file of weights that `crates/neural` reads, and the outputs that its tests expect.

    python training/export.py --checkpoint RUNS/final?/epoch6.pt --scorer scorer.json \
        --out crates/neural/weights/tocsin.weights.gz --expected crates/neural/tests/expected.json

Linear layers and embeddings get seven bits and one scale for each output or
word; heads, norms and places stay in floating point. The expected outputs are those of the
training code in full precision with the weights as exported, on sentences of our own.
"""

import argparse
import gzip
import json
import struct
from pathlib import Path

import numpy as np
import torch

import muc
from encoder import HEADS, Tagger, averaged
from entities import Habits, groups, incidents, merged, pick
from kinds import Kinds
from predict import predict
from train import package_file, tokenizer
from windows import LIMIT

MAGIC = b"TOCSINM1"
LINEAR = ["query", "key", "value", "out", "up", "down"]
TEXTS = Path(__file__).parent / "data" / "recorded.txt"


def rounded(w: np.ndarray, most: int) -> tuple[np.ndarray, np.ndarray]:
    """Whole numbers up to `most` and the scale of each row."""
    scale = np.maximum(np.abs(w).max(1), 1e-9) / most
    return np.clip(np.rint(w / scale[:, None]), -most, most).astype(np.int8), scale.astype(np.float32)


def sections(model: Tagger) -> dict[str, np.ndarray]:
    """All numbers by name; the model is changed to what the rounded numbers mean."""
    out: dict[str, np.ndarray] = {}

    def plain(name: str, value: torch.Tensor) -> None:
        out[name] = value.detach().numpy().astype(np.float32)

    def small(name: str, value: torch.Tensor, most: int, weight: str) -> None:
        whole, scale = rounded(value.detach().numpy(), most)
        out[name + weight], out[name + ".scale"] = whole, scale
        value.data = torch.from_numpy(whole.astype(np.float32) * scale[:, None])

    small("words", model.words.weight, 63, "")
    plain("places", model.places.weight[: LIMIT + 2])
    plain("norm.weight", model.norm.weight)
    plain("norm.bias", model.norm.bias)
    for i, layer in enumerate(model.layers):
        for part in LINEAR:
            linear = getattr(layer, part)
            small(f"layers.{i}.{part}", linear.weight, 63, ".weight")
            plain(f"layers.{i}.{part}.bias", linear.bias)
        for part in ("norm1", "norm2"):
            plain(f"layers.{i}.{part}.weight", getattr(layer, part).weight)
            plain(f"layers.{i}.{part}.bias", getattr(layer, part).bias)
    heads = [model.tags, model.asked, model.sentence]
    plain("token.weight", torch.cat([h.weight for h in heads]))
    plain("token.bias", torch.cat([h.bias for h in heads]))
    plain("window.weight", model.window.weight)
    plain("window.bias", model.window.bias)
    return out


def recorded(model: Tagger, scorer: dict) -> list[dict]:
    """What the tests of `crates/neural` compare with; offsets are bytes."""
    texts = [t.strip() for t in TEXTS.read_text(encoding="utf-8").split("\n---\n") if t.strip()]
    docs = [muc.Doc(str(i), t, "", [], frozenset(), False) for i, t in enumerate(texts)]
    tok = tokenizer()
    weights, aliases = np.array(scorer["weights"]), {frozenset(pair) for pair in scorer["aliases"]}
    habits, kinds = Habits.read(scorer), Kinds(np.array(scorer["kinds"]["weights"]), scorer["kinds"]["bias"])
    out = []
    for doc, p in zip(docs, predict(model, docs), strict=True):
        at = [0]
        for c in doc.text:
            at.append(at[-1] + len(c.encode()))
        encoding = tok.encode(doc.text, add_special_tokens=False)
        spans = sorted((s for s in p["spans"] if s["p"] >= 0.1), key=lambda s: (s["role"], s["start"], s["end"]))
        mine = groups(doc, p)
        habits.write(mine)
        scores = [float(1 / (1 + np.exp(-(g.features @ weights + scorer["bias"])))) for g in mine]
        entities = merged(pick(mine, scores, scorer["thresholds"]), doc.text, aliases)
        out.append({
            "text": doc.text,
            "entities": [[e[0][0].role, e[0][0].key, round(e[0][1], 4)] for e in entities],
            "incidents": [k for k, _ in incidents(entities, kinds.of(p, mine, scores), scorer["incidents"])],
            "pieces": [[i, at[a], at[b]] for i, (a, b) in zip(encoding.ids, encoding.offsets)],
            "spans": [[s["role"], at[s["start"]], at[s["end"]], round(s["p"], 4)] for s in spans],
            "sentences": [round(p["sentences"].get(i, 0.0), 4) for i in range(1 + max(p["sentences"], default=0))],
            "windows": [[round(float(v), 4) for v in w[2]] for w in sorted(p["windows"], key=lambda w: w[0])],
        })
    return out


def main() -> None:
    p = argparse.ArgumentParser()
    p.add_argument("--checkpoint", type=Path, nargs="+", required=True, help="several are averaged")
    p.add_argument("--scorer", type=Path, required=True)
    p.add_argument("--generation", required=True)
    p.add_argument("--out", type=Path, required=True)
    p.add_argument("--expected", type=Path, required=True)
    a = p.parse_args()
    torch.set_num_threads(1)
    model = Tagger(package_file("model.safetensors"))
    model.load_state_dict(averaged(a.checkpoint))
    model.eval()
    parts = sections(model)
    vocabulary = Path(package_file("vocab.txt")).read_bytes()
    body, places = b"", {}
    blobs = {"vocabulary": vocabulary, **{k: v.tobytes() for k, v in parts.items()}}
    for name, blob in blobs.items():
        places[name] = {"start": len(body), "length": len(blob)}
        body += blob
    scorer = json.loads(a.scorer.read_text())
    scope = scorer.pop("scope")
    header = json.dumps({
        "generation": a.generation, "width": model.words.weight.shape[1], "heads": HEADS,
        "layers": len(model.layers), "limit": LIMIT, "roles": muc.ROLES, "kinds": muc.KINDS,
        "traits": [[slot, value] for slot, values in muc.TRAITS.items() for value in values],
        "scope": scope, "scorer": scorer, "sections": places,
    }).encode()
    whole = MAGIC + struct.pack("<I", len(header)) + header + body
    a.out.write_bytes(gzip.compress(whole, 9, mtime=0))
    a.expected.write_text(json.dumps(recorded(model, scorer), ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    print(a.out, a.out.stat().st_size)


if __name__ == "__main__":
    main()
