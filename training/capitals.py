"""Teaches the encoder's vectors which words print would begin with a capital, and adds that to a file of weights.

    python training/capitals.py --data ../shared/data --weights crates/neural/weights/tocsin.weights.gz

The encoder is uncased, so text in capitals throughout is to it what the same text is in print. It stays as it is:
only a head is fitted, on what goes into it and on what its middle and its last layer say, of the first piece of
each word of the cased documents. A word is small, begins with a capital, or is all capitals. The file is written
again with the head in it.
"""

import argparse
import gzip
import hashlib
import json
import struct
from pathlib import Path

import numpy as np
import torch
import torch.nn.functional as F

import modern
import muc
from encoder import Tagger
from export import LINEAR, MAGIC
from train import package_file, tokenizer
from windows import cut, padded

SMALL, FIRST, ALL = range(3)
CLASSES = 3
HIDDEN = 64
RATE = 2e-3


class File:
    """A file of weights: its header, and its sections as bytes."""

    def __init__(self, path: Path) -> None:
        whole = gzip.decompress(path.read_bytes())
        assert whole.startswith(MAGIC), f"{path} is no file of weights"
        at = len(MAGIC) + 4
        (length,) = struct.unpack("<I", whole[len(MAGIC) : at])
        self.header = json.loads(whole[at : at + length])
        body = whole[at + length :]
        self.blobs = {k: body[s["start"] : s["start"] + s["length"]] for k, s in self.header["sections"].items()}

    def floats(self, name: str) -> torch.Tensor:
        return torch.from_numpy(np.frombuffer(self.blobs[name], np.float32).copy())

    def rows(self, name: str, scale: str) -> torch.Tensor:
        """What rounded numbers mean."""
        scales = self.floats(scale)
        whole = torch.from_numpy(np.frombuffer(self.blobs[name], np.int8).astype(np.float32))
        return whole.view(len(scales), -1) * scales[:, None]

    def encoder(self) -> Tagger:
        """The encoder with these weights; its heads are not filled."""
        model = Tagger(package_file("model.safetensors"))
        model.words.weight.data = self.rows("words", "words.scale")
        places = self.floats("places").view(-1, self.header["width"])
        model.places.weight.data[: len(places)] = places
        model.norm.weight.data, model.norm.bias.data = self.floats("norm.weight"), self.floats("norm.bias")
        for i, layer in enumerate(model.layers):
            for part in LINEAR:
                linear = getattr(layer, part)
                linear.weight.data = self.rows(f"layers.{i}.{part}.weight", f"layers.{i}.{part}.scale")
                linear.bias.data = self.floats(f"layers.{i}.{part}.bias")
            for part in ("norm1", "norm2"):
                norm = getattr(layer, part)
                norm.weight.data = self.floats(f"layers.{i}.{part}.weight")
                norm.bias.data = self.floats(f"layers.{i}.{part}.bias")
        return model.eval()

    def write(self, path: Path) -> None:
        body, places = b"", {}
        for name, blob in self.blobs.items():
            places[name] = {"start": len(body), "length": len(blob)}
            body += blob
        header = json.dumps({**self.header, "sections": places}).encode()
        path.write_bytes(gzip.compress(MAGIC + struct.pack("<I", len(header)) + header + body, 9, mtime=0))


def is_cased(text: str) -> bool:
    """Whether it is written as print is, and not in capitals or small letters throughout."""
    great, small = sum(map(str.isupper, text)), sum(map(str.islower, text))
    return 0.01 * small < great < 0.3 * small


def label(word: str) -> int:
    """How a word is written."""
    if not word[:1].isupper():
        return SMALL
    return ALL if len(word) > 1 and word.isupper() else FIRST


def drawn(name: str, salt: str) -> float:
    """A number from 0 to 1 that hangs on the name alone."""
    return hashlib.sha256((salt + name).encode()).digest()[0] / 256


def is_held(name: str) -> bool:
    """A tenth of the documents is for figures only."""
    return drawn(name, "held") < 0.1


def layers(model: Tagger, ids: torch.Tensor, lengths: torch.Tensor) -> torch.Tensor:
    """For each token what goes in, and the vectors of the middle and of the last layer, one behind the other."""
    n = ids.shape[1]
    mask = (torch.arange(n)[None] < lengths[:, None])[:, None, None, :]
    x = model.norm(model.words(ids) + model.places.weight[:n])
    seen = [x]
    for number, layer in enumerate(model.layers, 1):
        x = layer(x, mask)
        if number in (len(model.layers) // 2, len(model.layers)):
            seen.append(x)
    return torch.cat(seen, -1)


@torch.no_grad()
def vectors(model: Tagger, docs: list[muc.Doc]) -> tuple[torch.Tensor, torch.Tensor, torch.Tensor]:
    """Of the first piece of each word: the encoder's vector, the label, and whether it is held out."""
    tok = tokenizer()
    windows = [w for i, d in enumerate(docs) for w in cut(tok, d.text, i)]
    windows.sort(key=lambda w: -len(w.ids))
    xs, ys, held = [], [], []
    at, tenths = 0, 0
    while at < len(windows):
        if 10 * at >= tenths * len(windows):
            print(f"{10 * tenths} % read", flush=True)
            tenths += 1
        n = max(1, 4096 // len(windows[at].ids))
        batch = windows[at : at + n]
        at += n
        ids, lengths = padded(batch)
        hidden = layers(model, ids, lengths)
        for i, w in enumerate(batch):
            text, name = docs[w.doc].text, docs[w.doc].id
            firsts = [j for j in range(1, len(w.ids) - 1) if w.words[j] and text[w.spans[j][0]].isalpha()]
            for j in firsts:
                a, b = w.spans[j][0], w.spans[j][1]
                while b < len(text) and text[b].isalnum():
                    b += 1
                ys.append(label(text[a:b]))
                held.append(is_held(name))
            xs.append(hidden[i, firsts].half())
    print("100 % read", flush=True)
    return torch.cat(xs), torch.tensor(ys), torch.tensor(held)


def fit(x: torch.Tensor, y: torch.Tensor, epochs: int = 8) -> torch.nn.Sequential:
    """A head with one hidden layer, by Adam, its rate falling to nothing."""
    head = torch.nn.Sequential(torch.nn.Linear(x.shape[1], HIDDEN), torch.nn.ReLU(), torch.nn.Linear(HIDDEN, CLASSES))
    optimiser = torch.optim.AdamW(head.parameters(), lr=RATE, weight_decay=1e-3)
    size = 1024
    total = epochs * (len(x) // size)
    for step in range(total):
        for group in optimiser.param_groups:
            group["lr"] = RATE * (1 - step / total)
        pick = torch.randint(len(x), (size,))
        loss = F.cross_entropy(head(x[pick].float()), y[pick])
        optimiser.zero_grad()
        loss.backward()
        optimiser.step()
    return head


def main() -> None:
    p = argparse.ArgumentParser()
    p.add_argument("--data", type=Path, required=True)
    p.add_argument("--weights", type=Path, required=True, help="is written anew, with the head in it")
    p.add_argument("--share", type=float, default=1.0, help="of the documents, by a digest of their names")
    p.add_argument("--threads", type=int, default=2)
    a = p.parse_args()
    torch.set_num_threads(a.threads)
    torch.manual_seed(1)
    docs = [d for d in modern.documents(a.data, 1.0) if is_cased(d.text) and drawn(d.id, "share") < a.share]
    file = File(a.weights)
    x, y, held = vectors(file.encoder(), docs)
    head = fit(x[~held], y[~held])
    with torch.no_grad():
        said = head(x[held].float()).argmax(1)
    wanted = y[held]
    for name, of in (("small", SMALL), ("first", FIRST), ("all", ALL)):
        right = int(((said == of) & (wanted == of)).sum())
        given, asked = int((said == of).sum()), int((wanted == of).sum())
        print(f"{name}: precision {100 * right / max(given, 1):.1f} recall {100 * right / max(asked, 1):.1f} of {asked}")
    for name, layer in (("capitals.hidden", head[0]), ("capitals", head[2])):
        file.blobs[name + ".weight"] = layer.weight.detach().numpy().tobytes()
        file.blobs[name + ".bias"] = layer.bias.detach().numpy().tobytes()
    file.write(a.weights)


if __name__ == "__main__":
    main()
