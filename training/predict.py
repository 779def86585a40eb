"""Runs a checkpoint over a split and keeps, per document, every score that later steps need.

    python training/predict.py --data ../shared/data --checkpoint RUNS/a/epoch4.pt --split dev --out FILE

What is kept: candidate spans (role, characters, probability, kinds and traits), relevance per sentence,
kinds and relevance per window. Probabilities of spans are products over the tags of their tokens.
"""

import argparse
import pickle
from pathlib import Path

import numpy as np
import torch

import muc
from encoder import Tagger, averaged
from train import package_file, tokenizer
from windows import cut, padded

LONGEST = 24  # tokens of a span
FLOOR = 0.02  # spans below this probability are not kept


def spans_of(p: np.ndarray, words: list[bool], role: int) -> list[tuple[int, int, float]]:
    """Spans of one role: begins × goes on … × does not go on, at the edges of words.

    That a span goes on is asked given that it got here, since the tags of one doubtful span are
    doubtful together: the share of what the token before held.
    """
    n = len(words)
    out = []
    for i in range(1, n - 1):
        if p[i, role, 1] < FLOOR or not words[i]:
            continue
        score = p[i, role, 1]
        held = score
        j = i + 1
        while True:
            # the span ends before j
            if j >= n - 1:
                out.append((i, j, float(score)))
                break
            on = min(1.0, float(p[j, role, 2] / held))
            if words[j] and score * (1 - on) >= FLOOR:
                out.append((i, j, float(score * (1 - on))))
            score *= on
            held = max(float(p[j, role, 2]), 1e-6)
            j += 1
            if score < FLOOR or j - i > LONGEST:
                break
    return out


@torch.no_grad()
def predict(model: Tagger, docs: list[muc.Doc], limit: int = 510, fast: bool = False) -> list[dict]:
    """The scores of each document."""
    tok = tokenizer()
    model.eval()
    windows = [w for i, d in enumerate(docs) for w in cut(tok, d.text, i, limit)]
    out = [{"id": d.id, "spans": [], "sentences": {}, "windows": []} for d in docs]
    order = sorted(windows, key=lambda w: -len(w.ids))
    at = 0
    while at < len(order):
        n = max(1, 2048 // len(order[at].ids))
        batch = order[at : at + n]
        at += n
        ids, lengths = padded(batch)
        with torch.autocast("cpu", torch.bfloat16, enabled=fast):
            hidden = model.encode(ids, lengths)
        hidden = hidden.float()
        scores = model.heads(hidden, lengths)
        tags = torch.softmax(scores["tags"].float(), -1).numpy()
        asked = torch.sigmoid(scores["asked"].float()).numpy()
        sentence = scores["sentence"].float().numpy()
        window = torch.sigmoid(scores["window"].float()).numpy()
        for i, w in enumerate(batch):
            doc = out[w.doc]
            k = len(w.ids)
            doc["windows"].append((w.spans[1][0] if k > 2 else 0, k, window[i]))
            for role in range(len(muc.ROLES)):
                for a, b, p in spans_of(tags[i, :k], w.words, role):
                    doc["spans"].append({
                        "role": role, "start": w.spans[a][0], "end": w.spans[b - 1][1], "p": p,
                        "begin": float(tags[i, a, role, 1]), "asked": asked[i, a:b].mean(0),
                        "sentence": w.sentences[a],
                    })
            for s in sorted(set(w.sentences[1:-1])):
                here = [j for j in range(1, k - 1) if w.sentences[j] == s]
                seen = float(1 / (1 + np.exp(-sentence[i, here].mean())))
                doc["sentences"][s] = max(seen, doc["sentences"].get(s, 0.0))
    return out


def main() -> None:
    p = argparse.ArgumentParser()
    p.add_argument("--data", type=Path, required=True)
    p.add_argument("--checkpoint", type=Path, nargs="+", required=True, help="several are averaged")
    p.add_argument("--split", required=True, help="dev, train, or fold0 to fold3: a part of train")
    p.add_argument("--out", type=Path, required=True)
    p.add_argument("--threads", type=int, default=2)
    p.add_argument("--limit", type=int, default=510)
    p.add_argument("--fast", action="store_true", help="half precision")
    a = p.parse_args()
    torch.set_num_threads(a.threads)
    docs = muc.documents(a.data / "muc4", "dev" if a.split == "dev" else "train")
    if a.split.startswith("fold"):
        docs = [d for d in docs if muc.fold_of(d.id, muc.FOLDS) == int(a.split[4:])]
    model = Tagger(package_file("model.safetensors"))
    model.load_state_dict(averaged(a.checkpoint))
    with a.out.open("wb") as file:
        pickle.dump((docs, predict(model, docs, a.limit, a.fast)), file)


if __name__ == "__main__":
    main()
