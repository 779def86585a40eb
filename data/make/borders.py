"""First-level areas from Natural Earth (public domain): borders, middles, names in other languages.

Not run by itself: places.py imports it. Needs shapely 2.1 or later.

Natural Earth numbers its areas otherwise than GeoNames, and is older in places. So a polygon belongs to the GeoNames
area that nine tenths of the GeoNames towns in it belong to. Where a polygon has since been divided (Congo, Kenya), it is
cut along the lines half-way between towns of different areas; such borders are approximate, good to some ten kilometres.
"""
import json
import re
from collections import Counter, defaultdict

import shapely
from shapely.geometry import shape

LANGUAGES = "en es fr pt de it nl id tr sv pl hu vi".split()
PURE = 0.9
# Degrees: what is finer than that is left out, and the grid of what is kept.
FINE, GRID = 0.03, 0.01


def first_level(admin1, cities, known):
    """Polygon and names of each first-level area of GeoNames: {(country, code): (polygon, [name])}."""
    features = json.loads(admin1.read_text("utf-8"))["features"]
    shapes = [shapely.make_valid(shape(f["geometry"])) for f in features]
    points = shapely.points([c["longitude"] for c in cities], [c["latitude"] for c in cities])
    inside = defaultdict(list)
    for city, n in zip(*shapely.STRtree(shapes).query(points, predicate="within")):
        inside[n].append(city)
    parts, names = defaultdict(list), defaultdict(list)
    for n, (feature, polygon) in enumerate(zip(features, shapes)):
        about = feature["properties"]
        owners = {c: (cities[c]["countrycode"], cities[c]["admin1code"]) for c in inside[n]}
        votes = Counter(o for o in owners.values() if o in known)
        code = tuple((about.get("gn_a1_code") or ".").split(".", 1))
        top, most = votes.most_common(1)[0] if votes else (code, 0)
        if top not in known:
            continue
        if most >= PURE * sum(votes.values()):
            parts[top].append(polygon)
            names[top].append(about)
        else:
            for owner, part in divided(polygon, {c: o for c, o in owners.items() if o in votes}, points):
                parts[owner].append(part)
    polygons = {k: shapely.union_all(v) for k, v in parts.items()}
    keys = sorted(polygons)
    simple = shapely.coverage_simplify([flat(polygons[k]) for k in keys], FINE)
    simple = [flat(shapely.set_precision(s, GRID)) for s in simple]
    # What a union of several polygons is called is not what one of them is called.
    return {k: (p, named(names[k][0]) if len(names[k]) == 1 else []) for k, p in zip(keys, simple) if not p.is_empty}


def divided(polygon, owners, points):
    """The polygon cut into one part for each owner of towns in it."""
    towns = shapely.multipoints([points[c] for c in owners])
    by_cell = defaultdict(list)
    cells = shapely.get_parts(shapely.voronoi_polygons(towns, extend_to=polygon))
    index = shapely.STRtree(cells)
    for c, owner in owners.items():
        for cell in index.query(points[c], predicate="intersects")[:1]:
            by_cell[owner].append(cells[cell])
    for owner, own in sorted(by_cell.items()):
        part = shapely.intersection(shapely.union_all(own), polygon)
        if part.area:
            yield owner, part


def flat(geometry):
    """Its polygons alone."""
    parts = [g for g in shapely.get_parts(geometry) if g.geom_type == "Polygon"]
    nested = [p for g in shapely.get_parts(geometry) if g.geom_type == "MultiPolygon" for p in shapely.get_parts(g)]
    return shapely.MultiPolygon(parts + nested)


def named(about):
    """Its names in Latin letters."""
    found = [about.get(f"name_{language}") for language in LANGUAGES]
    found += [about.get("name"), *(about.get("name_alt") or "").split("|")]
    return [n.strip() for n in found if n and re.fullmatch(r"[A-Za-zÀ-ɏḀ-ỿ' .’-]{3,40}(?<!\.)", n.strip())]


def middle(polygon):
    """A point in the middle: the centre of its largest part, or a point inside that if the centre lies outside."""
    largest = max(shapely.get_parts(polygon), key=lambda p: p.area)
    centre = largest.centroid
    centre = centre if largest.contains(centre) else largest.representative_point()
    return centre.y, centre.x


def rings(polygon):
    """Its rings as text: `lon,lat lon,lat …`, rings separated by semicolons; holes are rings as well."""
    lines = []
    for part in shapely.get_parts(polygon):
        for ring in (part.exterior, *part.interiors):
            lines.append(" ".join(f"{x:.2f},{y:.2f}" for x, y in ring.coords[:-1]))
    return ";".join(lines)
