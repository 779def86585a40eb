"""Of what news the training texts are: the last year, and the countries that they tell of.

The coder does not ask the model about text of a later time or of other countries (`joined/scope.rs`).
A country is known if enough messages with an incident name it, its people or its capital.
"""

import re
from collections import Counter
from pathlib import Path

from muc import Doc

TABLE = Path(__file__).parent.parent / "data" / "countries.tsv"
# The messages are of 1988 to 1992; what is told a little later is still of the same parties.
UNTIL = 1995
ENOUGH = 10


def country_names() -> dict[str, str]:
    """Code of each name in small letters; abbreviations are left out."""
    lines = [line.split("\t") for line in TABLE.read_text(encoding="utf-8").splitlines() if not line.startswith("#")]
    found = {}
    for row in lines[1:]:
        for name in [row[1], *row[2].split("|"), *row[3].split("|"), row[4]]:
            if name and not (name.isupper() and len(name) <= 5):
                found.setdefault(name.lower(), row[0])
    return found


def scope(docs: list[Doc]) -> dict:
    """What the header of the weights says of them."""
    names = country_names()
    either = "|".join(sorted(map(re.escape, names), key=len, reverse=True))
    pattern = re.compile(rf"(?<!\w)({either})(?!\w)")
    counted = Counter()
    for doc in docs:
        if doc.relevant:
            counted.update({names[name] for name in pattern.findall(doc.text.lower())})
    return {"until": UNTIL, "countries": sorted(c for c, n in counted.items() if n >= ENOUGH)}
