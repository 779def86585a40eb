"""The encoder (BERT's form, MiniLM's size) and the heads, small enough to be read in one sitting.

Written out rather than taken from a library, so that what `crates/neural` computes can be
compared line by line. Post-norm layers, exact GELU, learned positions, one segment.
"""

from pathlib import Path

import torch
import torch.nn.functional as F
from safetensors.torch import load_file
from torch import Tensor, nn

from muc import ASKED, KINDS, ROLES

HEADS = 12
TAGS = 3  # outside, begins, goes on
NAMES = {
    "query": "attention.self.query", "key": "attention.self.key", "value": "attention.self.value",
    "out": "attention.output.dense", "norm1": "attention.output.LayerNorm",
    "up": "intermediate.dense", "down": "output.dense", "norm2": "output.LayerNorm",
}


class Layer(nn.Module):
    """Self-attention and feed-forward, each with its residual and norm."""

    def __init__(self, width: int, inner: int, dropout: float) -> None:
        super().__init__()
        self.query, self.key, self.value, self.out = (nn.Linear(width, width) for _ in range(4))
        self.up, self.down = nn.Linear(width, inner), nn.Linear(inner, width)
        self.norm1, self.norm2 = nn.LayerNorm(width, 1e-12), nn.LayerNorm(width, 1e-12)
        self.dropout = dropout

    def forward(self, x: Tensor, mask: Tensor | None) -> Tensor:
        b, n, w = x.shape

        def split(y: Tensor) -> Tensor:
            return y.view(b, n, HEADS, w // HEADS).transpose(1, 2)

        q, k, v = split(self.query(x)), split(self.key(x)), split(self.value(x))
        a = F.scaled_dot_product_attention(q, k, v, attn_mask=mask)
        a = self.out(a.transpose(1, 2).reshape(b, n, w))
        x = self.norm1(x + F.dropout(a, self.dropout, self.training))
        y = self.down(F.gelu(self.up(x)))
        return self.norm2(x + F.dropout(y, self.dropout, self.training))


def averaged(checkpoints: list[Path]) -> dict[str, Tensor]:
    """The mean of several runs' weights: they began alike and differ in the fold that was left out."""
    models = [torch.load(path, weights_only=False)["model"] for path in checkpoints]
    return {name: sum(m[name] for m in models) / len(models) for name in models[0]}


class Tagger(nn.Module):
    """One pass over a window; per token roles, kinds and relevance, per window kinds and relevance."""

    def __init__(self, weights: str, dropout: float = 0.1, frozen: int = 1) -> None:
        super().__init__()
        given = load_file(weights)
        given = {k.removeprefix("bert."): v.float() for k, v in given.items()}
        words = given["embeddings.word_embeddings.weight"]
        places = given["embeddings.position_embeddings.weight"]
        width = words.shape[1]
        self.words = nn.Embedding.from_pretrained(words, freeze=True)
        segment = given["embeddings.token_type_embeddings.weight"][0]
        self.places = nn.Embedding.from_pretrained(places + segment, freeze=True)
        self.norm = nn.LayerNorm(width, 1e-12)
        self.norm.weight.data = given["embeddings.LayerNorm.weight"].clone()
        self.norm.bias.data = given["embeddings.LayerNorm.bias"].clone()
        count = 1 + max(int(k.split(".")[2]) for k in given if k.startswith("encoder.layer."))
        inner = given["encoder.layer.0.intermediate.dense.weight"].shape[0]
        self.layers = nn.ModuleList(Layer(width, inner, dropout) for _ in range(count))
        for i, layer in enumerate(self.layers):
            for ours, theirs in NAMES.items():
                for part in ("weight", "bias"):
                    getattr(getattr(layer, ours), part).data = given[
                        f"encoder.layer.{i}.{theirs}.{part}"
                    ].clone()
        self.frozen = frozen
        for module in [self.norm, *self.layers[:frozen]]:
            module.requires_grad_(False)
        self.tags = nn.Linear(width, len(ROLES) * TAGS)
        self.asked = nn.Linear(width, ASKED)
        self.sentence = nn.Linear(width, 1)
        self.window = nn.Linear(2 * width, 1 + len(KINDS))
        self.dropout = dropout

    def encode(self, ids: Tensor, lengths: Tensor) -> Tensor:
        """The last hidden states."""
        n = ids.shape[1]
        mask = None
        if int(lengths.min()) < n:
            mask = (torch.arange(n)[None] < lengths[:, None])[:, None, None, :]
        with torch.no_grad():
            x = self.norm(self.words(ids) + self.places.weight[:n])
            for layer in self.layers[: self.frozen]:
                layer.eval()
                x = layer(x, mask)
        for layer in self.layers[self.frozen :]:
            x = layer(x, mask)
        return x

    def heads(self, x: Tensor, lengths: Tensor) -> dict[str, Tensor]:
        """All scores before softmax or sigmoid."""
        b, n, _ = x.shape
        real = (torch.arange(n)[None] < lengths[:, None]).unsqueeze(-1).to(x.dtype)
        mean = (x * real).sum(1) / lengths[:, None].to(x.dtype)
        x = F.dropout(x, self.dropout, self.training)
        pooled = F.dropout(torch.cat([x[:, 0], mean], -1), self.dropout, self.training)
        return {
            "tags": self.tags(x).view(b, n, len(ROLES), TAGS),
            "asked": self.asked(x),
            "sentence": self.sentence(x).squeeze(-1),
            "window": self.window(pooled),
        }

    def forward(self, ids: Tensor, lengths: Tensor) -> dict[str, Tensor]:
        return self.heads(self.encode(ids, lengths), lengths)
