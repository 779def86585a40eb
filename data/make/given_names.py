#!/usr/bin/env python3
"""Make data/given-names.txt: names that parents give, so that a person is known where capitals tell nothing.

    pip download --no-deps faker==40.63.0 && unzip faker-40.63.0-*.whl -d faker
    python3 data/make/given_names.py faker

From the first names of these locales of Faker (MIT); without words that news uses otherwise. A name in
this list is nobody's: surnames are not in it, and nothing is said of whoever bears it.
"""
import importlib
import re
import sys
import unicodedata
from pathlib import Path

DATA = Path(__file__).resolve().parent.parent
LOCALES = ("az_AZ en_GB en_IN en_NG en_PK en_US es_AR es_CA es_CL es_CO es_ES es_MX fr_FR ha_NG ig_NG it_IT ja_JP "
           "pt_BR sw tr_TR uz_UZ yo_NG").split()
# Words of news that are also given to children somewhere, and countries.
WORDS = set("""africa alta amber america angeles april art august autumn ben bill brook canal candy carol chad
chance chase china christian cliff concha coral crystal cruz dale dawn dean destiny diamond dick dina dollar don
earnest ever faith forest fortune frank gene german glen grace grant guy harmony heath heather hope hunter iris iris
isis israel ivory ivy jack jade jail jasmine jean jesus jet jewel jordan joy june junior justice kent lady lance
liberty lily long love mark marine mary may melody mercy miles mil misty morgan nail norma over paige paris parker
pastor patience pearl penny pepper philippine pilar precious prince queen rail rain ray reed rich rob robin rocky roman
rose ruby rusty among blessing charity comfort efe eta faith forum harsh hasta hope ibis imam innocent ira job kerman
lavender limon loot lucky mad man nova patience peace raid ramadan royal server side tan toy tri valid
sad said sandy saints sierra sky soldier sole star stone storm stormy sue summer tanner trinity
urban victor victory violet virginia wade wage warren washington will winter woody""".split()) - set(
    "jesus mary victor norma pilar cruz israel carol jean jack iris".split())


def plain(name):
    """Small letters without accents."""
    parts = unicodedata.normalize("NFD", name.lower())
    return "".join(c for c in parts if not unicodedata.combining(c))


if __name__ == "__main__":
    sys.path.insert(0, sys.argv[1])
    names = set()
    for locale in LOCALES:
        provider = importlib.import_module(f"faker.providers.person.{locale}").Provider
        for attribute in dir(provider):
            found = getattr(provider, attribute)
            written = attribute.startswith(("first_names", "first_romanized_names"))
            if written and isinstance(found, (dict, list, set, tuple)):
                names.update(part for name in found for part in re.split("[ -]", plain(name)))
    extra = {line.strip() for line in (DATA / "given-names-extra.txt").read_text("utf-8").splitlines()}
    names |= {name for name in extra if name and not name.startswith("#")}
    names = sorted(n for n in names if re.fullmatch("[a-z]{3,}", n) and n not in WORDS)
    head = ["# Given names, small letters without accents, one a line.",
            "# Origin: first names of the locales " + " ".join(LOCALES) + " of Faker 40.63.0, and given-names-extra.txt.",
            "# Licence: MIT (Faker). Date: 2026-11-26. Made by data/make/given_names.py: do not edit."]
    (DATA / "given-names.txt").write_text("\n".join(head + names) + "\n", "utf-8")
