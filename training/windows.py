"""Cuts documents into windows of tokens and writes what each head should say for each token.

A document that fits is one window; a longer one is cut at ends of sentences into pieces of about
equal length. Windows of similar length share a batch, so that little is padded.
"""

import random
import re
from bisect import bisect_right
from dataclasses import dataclass

import numpy as np
import torch
from tokenizers import Tokenizer

from muc import ASKED, ENTITIES, KINDS, ROLES, Doc

LIMIT = 510  # two places are kept for [CLS] and [SEP]
CLS, SEP, MASK = 101, 102, 103
SENTENCE_END = re.compile(r"[.!?][\"')\]]*\s+")


@dataclass
class Window:
    """Token ids with their offsets, and the targets (absent when predicting)."""

    doc: int
    ids: list[int]
    spans: list[tuple[int, int]]
    words: list[bool]  # the token begins a word
    sentences: list[int]  # number of the sentence
    tags: np.ndarray | None = None  # tokens × roles
    asked: np.ndarray | None = None  # tokens × kinds and traits, −1 where nothing is taught
    relevant: np.ndarray | None = None
    window: np.ndarray | None = None


def sentence_starts(text: str) -> list[int]:
    """Where sentences begin."""
    return [0] + [m.end() for m in SENTENCE_END.finditer(text)]


def pieces(sentences: list[int], limit: int) -> list[tuple[int, int]]:
    """Ranges of tokens, cut where the sentence changes."""
    n = len(sentences)
    if n <= limit:
        return [(0, n)]
    slack = limit // 8
    count = -(-n // (limit - slack))
    target, out, start = n / count, [], 0
    while start < n:
        want = min(n, int(round(start + target)))
        if n - start <= limit:
            want = n
        end = want
        if want < n:
            near = [i for i in range(max(start + 1, want - slack), min(n, start + limit, want + slack))
                    if sentences[i] != sentences[i - 1]]
            end = min(near, key=lambda i: abs(i - want)) if near else min(want, start + limit)
        out.append((start, end))
        start = end
    return out


def cut(tokenizer: Tokenizer, text: str, doc: int, limit: int = LIMIT) -> list[Window]:
    """The windows of a text."""
    encoding = tokenizer.encode(text, add_special_tokens=False)
    ids, spans, numbers = encoding.ids, encoding.offsets, encoding.word_ids
    words = [i == 0 or numbers[i] != numbers[i - 1] for i in range(len(ids))]
    starts = sentence_starts(text)
    sentences, s = [], 0
    for a, _ in spans:
        while s + 1 < len(starts) and a >= starts[s + 1]:
            s += 1
        sentences.append(s)
    out = []
    for a, b in pieces(sentences, limit):
        out.append(Window(doc, [CLS, *ids[a:b], SEP], [(0, 0), *spans[a:b], (0, 0)],
                          [True, *words[a:b], True], [-1, *sentences[a:b], -1]))
    return out


def teach(window: Window, doc: Doc, offset: int, whole: bool) -> None:
    """Writes the targets; the text has `offset` characters before the document's own."""
    n = len(window.ids)
    window.tags = np.zeros((n, len(ROLES)), np.int64)
    window.asked = np.full((n, ASKED), -1, np.int8)
    window.tags[:, list(doc.untaught)] = -100
    hot: set[int] = set()
    any_mark = False
    starts = [s for s, _ in window.spans[:-1]]
    for mark in doc.marks:
        a, b = mark.start + offset, mark.end + offset
        first = max(1, bisect_right(starts, a) - 1)
        inside = []
        for i in range(first, n - 1):
            s, e = window.spans[i]
            if s >= b:
                break
            if e > a:
                inside.append(i)
        if not inside:
            continue
        if mark.role < 0:
            window.tags[inside, :] = -100
            continue
        window.tags[inside, mark.role] = 2
        window.tags[inside[0], mark.role] = 1
        if mark.role < ENTITIES:
            any_mark = True
            hot.add(window.sentences[inside[0]])
        known = [*range(len(KINDS)), *mark.known] if mark.kinds else list(mark.known)
        for i in inside:
            row = window.asked[i]
            row[known] = np.maximum(row[known], 0)
            row[[*mark.kinds, *mark.traits]] = 1
    window.relevant = np.array([float(s in hot) for s in window.sentences], np.float32)
    target = np.full(1 + len(KINDS), -1, np.float32)
    if any_mark or whole or not doc.relevant:
        target[:] = 0
        target[0] = float(doc.relevant)
        target[[1 + k for k in doc.kinds]] = 1
    window.window = target


def batches(windows: list[Window], tokens: int, rng: random.Random) -> list[list[Window]]:
    """Windows of like length together, the batches in random order."""
    order = sorted(windows, key=lambda w: (len(w.ids) // 24, rng.random()))
    out: list[list[Window]] = []
    now: list[Window] = []
    for window in order:
        longest = max([len(w.ids) for w in now] + [len(window.ids)])
        if now and longest * (len(now) + 1) > tokens:
            out.append(now)
            now = []
        now.append(window)
    out.append(now)
    rng.shuffle(out)
    return out


def padded(batch: list[Window]) -> tuple[torch.Tensor, torch.Tensor]:
    """Ids, padded to the longest, and lengths."""
    lengths = torch.tensor([len(w.ids) for w in batch])
    ids = torch.zeros(len(batch), int(lengths.max()), dtype=torch.long)
    for i, w in enumerate(batch):
        ids[i, : len(w.ids)] = torch.tensor(w.ids)
    return ids, lengths
