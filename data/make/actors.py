#!/usr/bin/env python3
"""Make the generated actor, relation and role tables from three published lists.

    pip install pycountry==24.6.1
    python3 data/make/actors.py ../shared/data/actors [TEXTS…]

The lists: UCDP actor list 22.1 (CC BY 4.0), UN Security Council consolidated list of 2020-11-30 (public),
PETRARCH dictionaries of 2014 (MIT). Made are data/actors/{composed,ucdp,un,petrarch}.tsv, data/relations-ucdp.tsv
and data/roles-petrarch.tsv. The hand-written tables are read, never written: an entry whose identifier or name they
have is not made again; spellings of data/actors/dropped.tsv are left out.

Spellings of one word that are also plain words are left out: what TEXTS (files with running text) and, where it is
installed, /usr/share/dict/words have in lower case. What is left out, and why, is printed.
"""
import csv
import gzip
import json
import re
import sys
import unicodedata
import xml.etree.ElementTree as ET
from collections import Counter, defaultdict
from pathlib import Path

import pycountry

DATA = Path(__file__).resolve().parent.parent
MONTHS = set("january february march april may june july august september october november december".split())
SMALL = set("the of al and for in islamic muslim islam de la".split())
COLUMNS = "id name sort class countries aliases from to parent source reviewed".split()
HEAD = "# {}\n# Origin: {}.\n# Licence: {}. Date: {}. Made by data/make/actors.py: do not edit.\n"
FOLDED = str.maketrans({**dict(zip("łøđðı", "loddi")), "ß": "ss", "æ": "ae", "œ": "oe", "þ": "th",
                        **dict.fromkeys("'’‘ʻʼʿʾ`´.", "")})


def fold(phrase):
    """The key of a phrase, as `engine::fold` makes it."""
    s = "".join(c for c in unicodedata.normalize("NFD", phrase).lower() if not unicodedata.combining(c)).translate(FOLDED)
    return " ".join(re.findall(r"\w+", s))


def slug(name):
    return re.sub(r"[^a-z0-9]+", "-", fold(name)).strip("-")[:48].strip("-")


def table(path):
    rows = [line.split("\t") for line in path.read_text("utf-8").splitlines() if line and line[0] != "#"]
    return [dict(zip(rows[0], row)) for row in rows[1:]]


def write(path, head, columns, rows):
    lines = ["\t".join(columns)] + ["\t".join(str(row.get(c, "")) for c in columns) for row in rows]
    path.write_text(head + "\n".join(lines) + "\n", "utf-8")
    print(f"{path.relative_to(DATA.parent)}: {len(rows)} rows", file=sys.stderr)


# ---- countries ---------------------------------------------------------------------------------------------------
COUNTRIES = table(DATA / "countries.tsv")
BY_NAME = {fold(n): c["code"] for c in COUNTRIES for n in [c["name"], *c["aliases"].split("|")] if n}
BY_NAME |= {fold(n): code for n, code in {
    "Zaire": "CD", "DR Congo": "CD", "Congo": "CG", "Burma": "MM", "Soviet Union": "RU", "Yugoslavia": "RS", "Rhodesia": "ZW",
    "Kampuchea": "KH", "South Vietnam": "VN", "North Vietnam": "VN", "South Yemen": "YE", "North Yemen": "YE", "Hyderabad": "IN",
    "Macedonia, FYR": "MK", "Kingdom of eSwatini": "SZ", "Swaziland": "SZ", "Malagasy": "MG", "Czechoslovakia": "CZ",
    "German Democratic Republic": "DE", "Union of the Comoros": "KM", "The Netherlands": "NL", "Iran (Islamic Republic of)": "IR",
    "Democratic People's Republic of Korea": "KP", "Syrian Arab Republic": "SY", "Democratic Republic of the Congo": "CD",
    "United Republic of Tanzania": "TZ", "Gambia, The": "GM", "DPRK": "KP", "Türkiye": "TR"}.items()}
ISO3 = {c.alpha_3: c.alpha_2 for c in pycountry.countries} | {
    "KSV": "XK", "ROM": "RO", "TMP": "TL", "ZAR": "CD", "DDR": "DE", "YUG": "RS", "SUN": "RU", "CSK": "CZ", "BUR": "MM", "SCG": "RS",
    "PSE": "PS", "TIM": "TL", "SER": "RS", "BUD": "BI", "CFR": "CF", "SOV": "RU", "GDR": "DE", "VIR": "VI", "KVX": "XK", "WSB": "PS",
    "GZS": "PS"}


def places(names):
    """UCDP's "DR Congo (Zaire), Uganda" as codes."""
    out = []
    for name in re.split(r",\s*(?![^()]*\))", names.replace("Macedonia, FYR", "Macedonia FYR")):
        bare = re.sub(r"\(.*?\)", "", name).replace("Macedonia FYR", "North Macedonia").strip()
        code = BY_NAME.get(fold(bare))
        if code and code not in out:
            out.append(code)
        elif not code and bare:
            print("no country:", name, file=sys.stderr)
    return out


# ---- spellings ---------------------------------------------------------------------------------------------------
def plain_words(texts):
    words = Counter()
    for path in texts:
        opened = gzip.open(path, "rt", errors="replace") if path.endswith(".gz") else open(path, errors="replace")
        with opened as lines:
            for line in lines:
                words.update(re.findall(r"(?<![\w'’-])[a-z]{2,}(?![\w-])", line))
    known = Path("/usr/share/dict/words")
    listed = known.read_text("utf-8").split() if known.exists() else []
    return {w for w, n in words.items() if n > 1} | {w for w in listed if w.islower()}


class Spellings:
    def __init__(self, plain):
        self.plain = plain
        path = DATA / "actors/dropped.tsv"
        rows = table(path) if path.exists() else []
        self.dropped = {fold(r["spelling"]) for r in rows}
        self.names = {fold(n) for c in COUNTRIES for n in [c["name"], *c["aliases"].split("|"), *c["demonyms"].split("|")] if n}
        places_ = DATA / "places.tsv"
        self.towns = {fold(r["name"]) for r in table(places_)} if places_.exists() else set()
        self.out = []

    def why_not(self, spelling):
        key = fold(spelling)
        words = key.split()
        capitals = spelling.isupper() or re.fullmatch(r"[A-Z][A-Z0-9./ -]+", spelling)
        letters = sum(c.isalpha() for c in spelling)
        if not words or not re.search("[a-z]", key):
            return "no letters of ours"
        if all(w in MONTHS or re.fullmatch(r"\d+(st|nd|rd|th)?", w) for w in words):
            return "a day"
        if key in self.dropped:
            return "in dropped.tsv"
        if key in self.names:
            return "a country or its people"
        if len(words) == 1 and key in self.towns:
            return "a place"
        if len(key) < 3:
            return "too short"
        if len(words) == 1 and not (capitals and letters <= 5) and key in self.plain:
            return "a plain word"
        if len(words) == 1 and capitals and letters <= 5 and key in self.plain and letters < 3:
            return "a plain word"
        if all(w in self.plain for w in words) and spelling == spelling.lower():
            return "plain words"
        return None

    def weak(self, spelling):
        """Whether others are called so too: a short abbreviation, or nothing but plain words."""
        words = [w for w in fold(spelling).split() if w not in SMALL and not re.search(r"\d", w)]
        return is_short(spelling) or len(words) < 2 or (len(words) <= 3 and all(w in self.plain or w.rstrip("s") in self.plain for w in words))

    def label(self, name, kept):
        """A name as the table has it: weak, or only a label where it must not be matched."""
        return ("!" if fold(name) not in map(fold, kept) else "~" if self.weak(name) else "") + name

    def marked(self, name, spellings):
        """The spellings but the name, the weak ones marked."""
        return "|".join(("~" if self.weak(s) else "") + s for s in spellings if fold(s) != fold(name))

    def keep(self, spellings):
        out = []
        for s in spellings:
            s = re.sub(r"\s+", " ", s.replace("´", "'").replace("’", "'").replace("|", " ")).strip(" ,;\"“”")
            if not s or fold(s) in [fold(o) for o in out]:
                continue
            why = self.why_not(s)
            if why:
                self.out.append((s, why))
            else:
                out.append(s)
        return out


def is_short(s):
    return bool(re.fullmatch(r"[A-Z][A-Za-z0-9/() .–-]{0,14}", s)) and sum(c.isupper() for c in s) * 2 >= sum(c.isalpha() for c in s) > 1


# ---- what the hand-written tables have ---------------------------------------------------------------------------
class Hand:
    def __init__(self):
        self.rows = table(DATA / "actors.tsv")
        forces = DATA / "actors/forces.tsv"
        self.rows += table(forces) if forces.exists() else []
        self.ids = {r["id"] for r in self.rows}
        self.listed = {}
        for r in self.rows:
            for mark in re.split(r"[|,;]\s*", r["source"]):
                self.listed[mark.strip()] = r["id"]
        self.spelt = defaultdict(list)
        for r in self.rows:
            for s in [r["name"], *r["aliases"].split("|")]:
                if s:
                    self.spelt[fold(s.lstrip("~!"))].append(r)

    def find(self, spellings, countries):
        """The row that has one of these spellings and is of one of these countries."""
        for s in spellings:
            rows = [r for r in self.spelt.get(fold(s), []) if r["sort"] != "state_force" or len(fold(s).split()) > 1]
            near = [r for r in rows if set(r["countries"].split("|")) & set(countries)]
            if near:
                return near[0]["id"]
            if rows and (not countries or not rows[0]["countries"]) and len(fold(s).split()) > 1:
                return rows[0]["id"]
        return None

    def add(self, row):
        self.ids.add(row["id"])
        for s in [row["name"], *row["aliases"].split("|")]:
            if s:
                self.spelt[fold(s.lstrip("~!"))].append(row)


def fresh(ids, *tries):
    for t in tries:
        if t and t not in ids:
            return t
    n = 2
    while f"{tries[-1]}-{n}" in ids:
        n += 1
    return f"{tries[-1]}-{n}"


# ---- states ------------------------------------------------------------------------------------------------------
NOBODY = set("AQ BV GS HM IO SJ TF UM".split())
NO_STATE = set("""AI AS AW AX BL BM BQ CC CK CW CX EH FK FO GF GG GI GL GP GU IM JE KY MF MO MP MQ MS NC NF NU PF PM PN PR RE SH SX TC TK
VG VI WF YT""".split())


def composed(spell):
    """The bodies that "Russian government", "Russian army" … are composed to."""
    rows = []
    for c in COUNTRIES:
        code, name = c["code"], c["name"]
        the = "the " if re.search(r"^(United|Netherlands|Philippines|Gambia|Bahamas|Maldives|Comoros|Solomon|Central African|"
                                  r"Dominican R|Czech R|Democratic R|DR |Republic of)|Islands$", name) else ""
        for suffix, sort, class_, label in (("government", "government", "", "Government of "), ("military", "state_force", "army", "Armed forces of "),
                                            ("police", "state_force", "police", "Police of "), ("intelligence", "state_force", "intelligence", "Intelligence services of ")):
            if code in NOBODY or code in NO_STATE and suffix in ("military", "intelligence"):
                continue
            aliases = [f"Government of {a}" for a in c["aliases"].split("|") if a and not a.isupper() and not a.startswith("the ")] if suffix == "government" else []
            rows.append({"id": f"{code.lower()}-{suffix}", "name": label + the + name, "sort": sort, "class": class_, "countries": code,
                         "aliases": "|".join(aliases), "source": "composed"})
    return rows


# ---- UCDP --------------------------------------------------------------------------------------------------------
PEOPLES = re.compile(r"(insurgents|irregulars|groups|Muslims|Christians|Hindus|Sikhs|Buddhists|tribesmen|clan\b.*|subclan.*)\s*(\(.*\))?$")


def ucdp(path, hand, spell):
    rows = list(csv.DictReader(path.open(encoding="utf-8-sig")))
    made, ids, left = [], {}, Counter()
    for r in rows:
        r = {k: (v or "").strip() for k, v in r.items()}
        mark = f"ucdp {r['ActorId']}"
        if r["Org"] in "23":
            left["people or supporters without an organisation (Org 2, 3)"] += 1
            continue
        if r["Org"] == "1" and PEOPLES.search(r["NameData"]):
            left["a description: " + r["NameData"]] += 1
            continue
        here = places(r["Location"])
        if r["Org"] == "4":
            bare = re.sub(r"^Government of ", "", r["NameData"])
            first = re.sub(r"\s*\(.*?\)", "", bare)
            code = None if first in ("South Yemen", "South Vietnam", "Czechoslovakia", "Hyderabad") else BY_NAME.get(fold(first))
            if code:
                ids[r["ActorId"]] = f"{code.lower()}-government"
                continue
            spellings = [f"Government of {first}", f"{first} government", f"{first} army", f"{first} forces"]
            id_ = fresh(hand.ids, slug(first) + "-government")
            row = {"id": id_, "name": spellings[0], "sort": "government", "countries": BY_NAME[fold(first)], "source": mark,
                   "aliases": "|".join(spell.keep(spellings[1:]))}
            made.append(row), hand.add(row)
            ids[r["ActorId"]] = id_
            continue
        split = lambda s: [p.strip() for p in re.split(r",\s+", s) if p.strip()]
        own = [r["NameOrigFullEng"], r["NameOrigFull"], *split(r["NewNameFullEng"]), *split(r["NewNameFullMotherTongue"]),
               r["NameData"], r["NameOrig"], *split(r["NewName"])]
        own = [re.sub(r"\s*[–-]\s+", "-", s) if is_short(s) else s for s in own if s and s != "n/a" and re.search("[A-Za-z]", s)]
        own += [m for s in own for m in re.findall(r"\[(.*?)\]", s)]
        own = [re.sub(r"\s*\[.*?\]", "", s) for s in own]
        own += [re.sub(r"^(the|The) ", "", s) for s in own if s.lower().startswith("the ")]
        known = hand.listed.get(mark) or hand.find([s for s in own if not is_short(s)], here) or hand.find(own, here)
        if known:
            ids[r["ActorId"]] = known
            continue
        kept = spell.keep(own)
        name = next((s for s in kept if not is_short(s)), kept[0] if kept else r["NameData"])
        if not is_short(r["NameData"]) and r["NameData"] in kept:
            name = r["NameData"]
        if not kept:
            name = next((s for s in own if not is_short(s)), own[0])
        id_ = fresh(hand.ids, slug(re.sub(r"\s*\(.*", "", r["NameData"])), slug(re.sub(r"\s*\(.*", "", r["NameData"])) + "-" + (here or ["x"])[0].lower())
        row = {"id": id_, "sort": "organisation", "class": "insurgent" if r["ConflictId"] else "", "countries": "|".join(here[:6]),
               "name": spell.label(name, kept), "aliases": spell.marked(name, kept), "source": mark}
        made.append(row), hand.add(row)
        ids[r["ActorId"]] = id_
    relations = []
    for r in rows:
        subject = ids.get(r["ActorId"])
        for column, relation in (("ActorIdPrev", "splinter_of"), ("ActorIdSplitTemp", "splinter_of"), ("ActorIdAlliance", "ally_of"), ("ActorIdGroup", "branch_of")):
            for other in re.split(r",\s*", r[column] or ""):
                object_ = ids.get(other.strip())
                # A faction of an army is no splinter of the state in the sense of organisations, but of its government.
                if subject and object_ and subject != object_:
                    relations.append({"subject": subject, "relation": relation, "object": object_, "source": f"ucdp {r['ActorId']}"})
        if subject and r["Org"] == "1":
            for code in places(r["Location"]):
                relations.append({"subject": subject, "relation": "operates_in", "object": code, "source": f"ucdp {r['ActorId']}"})
    seen, unique = set(), []
    for rel in relations:
        key = tuple(rel[k] for k in ("subject", "relation", "object"))
        if key not in seen:
            seen.add(key), unique.append(rel)
    for why, n in left.most_common():
        print(f"left out of UCDP: {n} {why}")
    return made, sorted(unique, key=lambda r: (r["subject"], r["relation"], r["object"]))


# ---- UN ----------------------------------------------------------------------------------------------------------
COMPANY = re.compile(r"\b(co|corp|ltd|llc|inc|gmbh|s\.?a|company|compan(y|ies)|corporation|bank|industr\w+|trading|enterprise|shipping|establishe?ment"
                     r"|factory|exchange|complex|hawala|airlines?|air|engineering|finance|financial|group of companies|technology|hotel|limited"
                     r"|anstalt|impex|holding|sarafi|insurance|metallurgy|marine|freight|oil|kaveh|institute|technique|tejarat|machinery|aviation"
                     r"|trust|foundation|charity|relief|society|university)\b", re.I)


def title(s):
    """THE NAME OF A BODY → The Name of a Body; short words in brackets are abbreviations."""
    if not s.isupper():
        return s
    small = {"of", "the", "and", "for", "in", "de", "des", "la", "le", "les", "du", "et", "al", "ul", "a"}
    out = []
    for i, w in enumerate(re.split(r"(\s+|-|/)", s)):
        if re.fullmatch(r"\(?[A-Z0-9]{2,5}\)?", w) and w.startswith("("):
            out.append(w)
        elif w.lower() in small and i:
            out.append(w.lower())
        else:
            out.append(re.sub(r"[^\W\d_]+('[^\W\d_]+)?", lambda m: m[0].capitalize(), w))
    return "".join(out)


def un(path, hand, spell):
    made = []
    for e in ET.parse(gzip.open(path)).getroot().find("ENTITIES"):
        text = lambda tag: re.sub(r"\s+", " ", e.findtext(tag) or "").strip()
        mark = "un " + text("REFERENCE_NUMBER")
        own = []
        raw = [text("FIRST_NAME"), *(re.sub(r"\s+", " ", a.findtext("ALIAS_NAME") or "") for a in e.findall("ENTITY_ALIAS"))]
        for s in (p for r in raw for p in re.split(r";|\s/\s", r)):
            s = re.sub(r"[^\x00-\u024f’‘–ʻʼ]+", "", s).strip()
            short = re.findall(r"\(([A-Z][A-Za-z0-9-]{1,7})\)", s)
            s = title(re.sub(r"\s*\([^)]*\)?", "", s).strip(" ,;:\"“”"))
            own += [s] + [x for x in short if x.isupper()]
        own = [s for s in own if len(s) > 2]
        here = [c for c in (BY_NAME.get(fold(a.findtext("COUNTRY") or "")) for a in e.findall("ENTITY_ADDRESS")) if c]
        here = list(dict.fromkeys(here)) or {"Iran": ["IR"], "DPRK": ["KP"], "Iraq": ["IQ"], "DRC": ["CD"], "CAR": ["CF"], "Somalia": ["SO"], "Taliban": ["AF"]}.get(text("UN_LIST_TYPE"), [])
        if hand.listed.get(mark) or hand.find([s for s in own if not is_short(s)], here):
            continue
        kept = spell.keep(own)
        name = title(re.sub(r"\s*\([^)]*\)?", "", text("FIRST_NAME")))
        business = bool(COMPANY.search(text("FIRST_NAME"))) or text("UN_LIST_TYPE") in ("Iran", "Iraq")
        body = re.search(r"\b(DEPARTMENT|MINISTRY|COMMISSION|BUREAU|ACADEMY|ADMINISTRATION|OFFICE 39|COMMITTEE|FORCE)\b", text("FIRST_NAME")) and text("UN_LIST_TYPE") == "DPRK"
        row = {"id": fresh(hand.ids, slug(name), slug(name) + "-" + (here or ["un"])[0].lower()),
               "sort": "government" if body else "business" if business else "organisation", "class": "", "countries": "|".join(here[:6]),
               "name": spell.label(name, kept), "aliases": spell.marked(name, kept), "source": mark}
        made.append(row), hand.add(row)
    return made


# ---- PETRARCH ----------------------------------------------------------------------------------------------------
def entries(path):
    """One entry: name, other names, codes, the comment."""
    now = None
    for line in gzip.open(path, "rt", encoding="utf-8", errors="replace"):
        body, _, note = line.rstrip("\n").partition("#")
        if not body.strip():
            continue
        codes = re.findall(r"\[([^\]]*)\]?", body)
        if body[0] == "+" and now:
            now["names"].append(body[1:].split("[")[0].strip()), now["codes"].extend(codes)
        elif body[0] in " \t":
            now and now["codes"].extend(codes)
        else:
            if now:
                yield now
            now = {"names": [body.split("[")[0].strip()], "codes": codes, "note": note.strip()}
    if now:
        yield now


def words(name):
    """ARMED_ISLAMIC_GROUP_(GIA)_ → Armed Islamic Group, GIA."""
    name = re.sub(r"[_\s]+", " ", name.replace("“", "").replace("”", "")).strip(" ,")
    short = [s for s in re.findall(r"\(([A-Za-z0-9./-]{2,8})\)", name)]
    name = re.sub(r"\s*\(.*?\)|\s*\(.*$", "", name).strip()
    name = name.replace("INC.", "").strip()
    return [title(name)] + [s.upper() for s in short]


BODY = re.compile(r"\b(associations?|organi[sz]ations?|federations?|committee|councils?|commission|society|fund|foundation|institutes?|cent(er|re)s?|union|league|network|alliance"
                  r"|movement|conference|agency|bank|programme|program|office|board|forum|group|coalition|bureau|congress|academy|court|tribunal|assembly|parliament"
                  r"|mission|secretariat|community|authority|corps|force|fundacion|federacion|asociacion|association|internationale?|international|watch|campaign|service|services"
                  r"|initiative|project|trust|ministry|senate|party|front|army|brigades?|unions|university|house|directorate|department|chamber|police|guard)\b", re.I)
GROUP = re.compile(r"\b(jihad|muja?h[iae]d|jai?[sy]h|lashkar|laskar|harak\w+|ansar|hi[zs]b\w*|jam\w+|islami\w*|brigades?|battalions?|cell|squad|militants?|tigers?|fighters"
                   r"|tehre?[ei]k|al-\w*qa\w+|khalsa|students?|commandos?|nuclei|soldiers|sons|hawks|avengers|revolution\w*|liberation|resistance)\b", re.I)
LEISURE = re.compile(r"EDU|ENV|BUS|AGR|LAB|REL|CHR|MED$")
SORTS = (("IGO", "international"), ("UNO", "international"), ("NGO", "ngo"), ("NGM", "ngo"), ("IMG", "organisation"))
PRIVATE = re.compile(r"^(MNC|HIN|MED|[A-Z]{3}(CVL|BUS|EDU|CRM|ELI|CHR|REL|JUR|LAB|AGR))")


def petrarch(folder, hand, spell):
    made, left = [], Counter()
    for file, org_sort in (("MilNonState", "organisation"), ("International", None), ("Countries", None)):
        for e in entries(folder / f"Phoenix.{file}.actors.txt.gz"):
            codes = [c.strip() for c in e["codes"] if c.strip() and c.strip() != "---"]
            if not codes or "CountryInfo" in e["note"] or any(re.search(r"\d{4}", c) for c in codes):
                continue
            code = codes[0]
            own = [w for n in e["names"] for w in words(n) if w]
            if not own:
                continue
            where = ISO3.get(code[3:6] if code[:3] in ("NGO", "IGO", "NGM", "INT") else code[:3])
            here = [where] if where else []
            sort = org_sort
            if file == "MilNonState" and code[:3] in ("IMG", "KKL") and not (BODY.search(own[0]) or GROUP.search(own[0])):
                left["PETRARCH: no word in the name says that it is a body"] += 1
                continue
            if code.startswith("NGO") and LEISURE.search(code) and not re.search("HRI|DEV|HLH|REF|JUD", code):
                left["PETRARCH: learned, commercial or green association"] += 1
                continue
            if file == "International":
                sort = next((s for prefix, s in SORTS if code.startswith(prefix)), None)
                if PRIVATE.match(code) or sort is None:
                    left["PETRARCH: company, medium or person"] += 1
                    continue
                if not BODY.search(own[0]) and not (len(own[0].split()) == 1 and own[0].isupper()):
                    left["PETRARCH: no word in the name says that it is a body"] += 1
                    continue
            elif file == "Countries":
                rest = code[3:]
                if not re.match(r"(GOV|MIL|SPY|COP|LEG|PTY|OPP|REB)", rest) or not any(BODY.search(o) for o in own):
                    continue
                if re.search(r"\b(president|minister|secretary of|king|leader|chancellor|general)\b", own[0], re.I):
                    continue
                sort = "organisation" if rest.startswith("REB") else "party" if re.match("(PTY|OPP)", rest) else "state_force" if re.match("(MIL|SPY|COP|GOVMIL)", rest) else "government"
                if re.search(r"\b(ministry|parliament|senate|assembly|department)\b", own[0], re.I):
                    sort = "government"
            if hand.find([s for s in own if not is_short(s)], here) or (not here and hand.find(own, here)):
                left["PETRARCH: already a row"] += 1
                continue
            kept = spell.keep(own)
            if not kept:
                left["PETRARCH: no spelling that is safe"] += 1
                continue
            name = own[0] if len(own[0]) > 2 else kept[0]
            row = {"id": fresh(hand.ids, slug(name), slug(name) + "-" + (here or ["int"])[0].lower()), "name": spell.label(name, kept), "sort": sort, "class": "",
                   "countries": "|".join(here), "aliases": spell.marked(name, kept), "source": f"petrarch {code.split()[0]}"}
            made.append(row), hand.add(row)
    for why, n in left.most_common():
        print(f"left out of {why}: {n}")
    return made


OFFICES = {"MIL": "defence", "JUD": "justice", "COP": "interior", "SPY": "intelligence", "": "member",
           **dict.fromkeys("AGR MED HLH LAB EDU DEV ENV BUS HRI REF".split(), "minister")}
TITLE = re.compile(r"^(former |deputy |acting |russian |us |u\.s\. |british )*(president|prime minister|minister|king|queen|prince|princess|sheikh|general|gen|sultan|emir|lt|col|colonel|maj|major"
                   r"|chancellor|premier|secretary|foreign|defen[cs]e|dr|mr|mrs|ms|sir|lord|capt|captain|admiral|brig|brigadier|marshal|field)\b", re.I)
DICTIONARY_ENDS = "2013-12-31"


def day(s):
    """YYMMDD or YYYYMMDD → an ISO day, or None."""
    s = s.strip()
    if len(s) == 6:
        year = int(s[:2])
        s = ("19" if year > 14 else "20") + s
    if len(s) != 8 or not s.isdigit():
        return None
    y, m, d = int(s[:4]), int(s[4:6]), int(s[6:])
    if not (1900 <= y <= 2014 and 1 <= m <= 12 and 1 <= d <= 31):
        return None
    return f"{y:04}-{m:02}-{min(d, [31, 29 if y % 4 == 0 else 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31][m - 1]):02}"


def roles(folder, spell):
    out, left = [], Counter()
    for e in entries(folder / "Phoenix.Countries.actors.txt.gz"):
        if "CountryInfo" not in e["note"]:
            continue
        names = []
        for n in e["names"]:
            n = words(n)[0] if words(n) else ""
            n = re.sub(r"\b([A-Z])\.? ", r"\1. ", n) if re.search(r"\b[A-Z]\.? ", n) else n
            if len(n.split()) < 2 or TITLE.match(n) or len(n.split()) > 5:
                continue
            if fold(n) not in [fold(x) for x in names]:
                names.append(n)
        if not names:
            left["no full name"] += 1
            continue
        for c in e["codes"]:
            m = re.match(r"([A-Z]{3})GOV([A-Z]*)\s*(.*)$", c.strip())
            if not m:
                left["code without an office"] += 1
                continue
            where, office = ISO3.get(m[1]), OFFICES.get(m[2][:3])
            when = m[3].replace(" ", "")
            if (r := re.fullmatch(r"(\d+)-(\d+)", when)):
                start, end = day(r[1]), day(r[2])
            elif (r := re.fullmatch(r">(\d+)", when)):
                start, end = day(r[1]), DICTIONARY_ENDS
            else:
                start = end = None
            if not where or office is None:
                left["no country or office"] += 1
            elif not start or not end or start > end:
                left["no period"] += 1
            else:
                out.append({"names": "|".join(names[:6]), "office": office, "country": where, "body": f"{where.lower()}-government", "from": start, "to": end, "source": f"petrarch {m[1]}GOV{m[2]}"})
    # Terms that follow one another in one office are one.
    out.sort(key=lambda r: (r["country"], r["names"], r["office"], r["from"]))
    merged = []
    for r in out:
        last = merged[-1] if merged else None
        if last and all(last[k] == r[k] for k in ("names", "office", "country")) and r["from"][:7] <= last["to"][:7]:
            last["to"] = max(last["to"], r["to"])
        else:
            merged.append(r)
    for why, n in left.most_common():
        print(f"left out of PETRARCH roles: {n} {why}")
    return merged


def main():
    lists, texts = Path(sys.argv[1]), sys.argv[2:]
    spell, hand = Spellings(plain_words(texts)), Hand()
    (DATA / "actors").mkdir(exist_ok=True)
    states = [r for r in composed(spell) if r["id"] not in hand.ids]
    write(DATA / "actors/composed.tsv", HEAD.format("The bodies of each state that a demonym and a noun are composed to: \"Russian government\" → ru-government",
          "countries.tsv", "CC0 1.0", "2026-11-26"), COLUMNS, states)
    for r in states:
        hand.add(r)
    made, relations = ucdp(lists / "ucdp-actor-221.csv", hand, spell)
    ucdp_origin = ("UCDP actor list 22.1, Uppsala Conflict Data Program", "CC BY 4.0 (credit UCDP)", "2022-06 as published, made 2026-11-26")
    write(DATA / "actors/ucdp.tsv", HEAD.format("Organisations of the UCDP actor list that the hand-written tables do not have", *ucdp_origin), COLUMNS, sorted(made, key=lambda r: r["id"]))
    write(DATA / "relations-ucdp.tsv", HEAD.format("Splinters, allies, groups and countries of the UCDP actor list; it gives no days", *ucdp_origin),
          "subject relation object from to source".split(), relations)
    write(DATA / "actors/un.tsv", HEAD.format("Entities of the UN Security Council consolidated list that the tables above do not have; no individuals",
          "UN Security Council consolidated list, 2020-11-30", "public", "2020-11-30, made 2026-11-26"), COLUMNS, sorted(un(next(lists.glob("unsc-*.xml.gz")), hand, spell), key=lambda r: r["id"]))
    petrarch_origin = ("PETRARCH dictionaries Phoenix.*.actors, Open Event Data Alliance", "MIT", "2014, made 2026-11-26")
    write(DATA / "actors/petrarch.tsv", HEAD.format("Organisations of the PETRARCH dictionaries that the tables above do not have; no companies, no persons", *petrarch_origin),
          COLUMNS, sorted(petrarch(lists, hand, spell), key=lambda r: r["id"]))
    write(DATA / "roles-petrarch.tsv", HEAD.format("Members of governments with their terms, to the end of 2013", *petrarch_origin),
          "names office country body from to source".split(), roles(lists, spell))
    for why, n in Counter(w for _, w in spell.out).most_common():
        print(f"spellings left out: {n} {why}: {'; '.join(s for s, w in spell.out if w == why)[:300]}")


if __name__ == "__main__":
    main()
