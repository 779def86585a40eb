//! Words and sorts → the set lists of MUC-4: what a person, a thing or an instrument is there.
//!
//! The first row of which a word stands in the phrase decides, so the rows go from the narrow to
//! the wide; the sort of the report decides where no word does.

use crate::geography::Country;
use crate::ontology::{Mode, Sort, WeaponSort};

/// A set fill and the words that call for it.
type Row = (&'static str, &'static [&'static str]);

/// `HUM TGT: TYPE`.
const PEOPLE: &[Row] = &[
    (
        "SECURITY GUARD",
        &[
            "BODYGUARD",
            "BODYGUARDS",
            "GUARD",
            "GUARDS",
            "WATCHMAN",
            "WATCHMEN",
            "ESCORT",
            "ESCORTS",
        ],
    ),
    (
        "LEGAL OR JUDICIAL",
        &[
            "JUDGE",
            "JUDGES",
            "MAGISTRATE",
            "MAGISTRATES",
            "ATTORNEY",
            "ATTORNEYS",
            "PROSECUTOR",
            "PROSECUTORS",
            "LAWYER",
            "LAWYERS",
            "JUSTICE",
            "JUSTICES",
            "JUDICIAL",
            "JURIST",
            "INVESTIGATORS",
        ],
    ),
    (
        "DIPLOMAT",
        &[
            "AMBASSADOR",
            "AMBASSADORS",
            "DIPLOMAT",
            "DIPLOMATS",
            "CONSUL",
            "CONSULS",
            "ATTACHE",
            "EMBASSY",
            "AFFAIRES",
        ],
    ),
    (
        "LAW ENFORCEMENT",
        &[
            "POLICEMAN",
            "POLICEMEN",
            "POLICE",
            "POLICEWOMAN",
            "DETECTIVE",
            "DETECTIVES",
            "SHERIFF",
            "PATROLMAN",
            "PATROLMEN",
            "DAS",
            "GENDARME",
            "GENDARMES",
            "CONSTABLE",
            "CONSTABLES",
        ],
    ),
    (
        "POLITICAL FIGURE",
        &[
            "CANDIDATE",
            "CANDIDATES",
            "HOPEFUL",
            "PARTY",
            "POLITICAL",
            "POLITICIAN",
            "POLITICIANS",
            "LEADER",
            "LEADERS",
            "SECRETARY",
            "IDEOLOGIST",
        ],
    ),
    (
        "GOVERNMENT OFFICIAL",
        &[
            "MINISTER",
            "MINISTERS",
            "SENATOR",
            "SENATORS",
            "PRESIDENT",
            "MAYOR",
            "MAYORS",
            "GOVERNOR",
            "GOVERNORS",
            "CONGRESSMAN",
            "CONGRESSMEN",
            "DEPUTY",
            "DEPUTIES",
            "COUNCILMAN",
            "COUNCILMEN",
            "OFFICIAL",
            "OFFICIALS",
            "PREFECT",
            "INTENDANT",
            "LEGISLATOR",
            "LAWMAKER",
            "LAWMAKERS",
            "GOVERNMENT",
        ],
    ),
    (
        "ACTIVE MILITARY",
        &[
            "SOLDIER",
            "SOLDIERS",
            "GENERAL",
            "COLONEL",
            "MAJOR",
            "CAPTAIN",
            "LIEUTENANT",
            "SERGEANT",
            "CORPORAL",
            "MARINE",
            "MARINES",
            "TROOPS",
            "MILITARY",
            "ARMY",
            "OFFICER",
            "OFFICERS",
            "SEAMEN",
        ],
    ),
];

/// `PHYS TGT: TYPE`.
const THINGS: &[Row] = &[
    (
        "DIPLOMAT OFFICE OR RESIDENCE",
        &["EMBASSY", "EMBASSIES", "CONSULATE", "CONSULATES", "AMBASSADOR", "DIPLOMATS"],
    ),
    (
        "ENERGY",
        &[
            "ENERGY",
            "ELECTRICITY",
            "ELECTRIC",
            "ELECTRICAL",
            "POWER",
            "PYLON",
            "PYLONS",
            "PIPELINE",
            "PIPELINES",
            "OIL",
            "TRANSFORMER",
            "TRANSFORMERS",
            "SUBSTATION",
            "SUBSTATIONS",
            "REFINERY",
            "HYDROELECTRIC",
            "TOWER",
            "TOWERS",
            "POLES",
            "LINES",
            "FUEL",
        ],
    ),
    ("WATER", &["WATER", "AQUEDUCT"]),
    (
        "COMMUNICATIONS",
        &[
            "TELEPHONE",
            "TELEPHONES",
            "TELECOMMUNICATIONS",
            "RADIO",
            "TELEVISION",
            "NEWSPAPER",
            "NEWSPAPERS",
            "ANTEL",
            "STUDIOS",
            "NEWS",
        ],
    ),
    ("FINANCIAL", &["BANK", "BANKS", "FINANCIAL", "BRANCH", "BRANCHES"]),
    (
        "TRANSPORTATION ROUTE",
        &[
            "BRIDGE", "BRIDGES", "HIGHWAY", "HIGHWAYS", "ROAD", "ROADS", "RAILWAY", "RAILWAYS",
            "AIRSTRIP",
        ],
    ),
    ("TRANSPORTATION FACILITY", &["AIRPORT", "TERMINAL", "PORT"]),
    (
        "TRANSPORT VEHICLE",
        &[
            "BUS",
            "BUSES",
            "CAR",
            "CARS",
            "VEHICLE",
            "VEHICLES",
            "PLANE",
            "AIRPLANE",
            "AIRCRAFT",
            "TRAIN",
            "TRAINS",
            "TRUCK",
            "TRUCKS",
            "AMBULANCE",
            "AMBULANCES",
            "HELICOPTER",
            "AUTOMOBILE",
            "MICROBUS",
            "TRANSPORTATION",
            "TAXI",
            "JEEP",
            "VAN",
            "MOTORCYCLE",
            "DUMPTRUCK",
            "BOAT",
        ],
    ),
    ("LAW ENFORCEMENT FACILITY", &["POLICE", "DAS", "JAIL", "PRISON"]),
    (
        "GOVERNMENT OFFICE OR RESIDENCE",
        &[
            "GOVERNMENT",
            "MINISTRY",
            "PRESIDENTIAL",
            "PALACE",
            "TOWN",
            "CITY",
            "CONGRESS",
            "MAYOR",
            "MINISTER",
            "COURT",
            "COURTHOUSE",
            "SENATOR",
            "GOVERNOR",
            "MUNICIPAL",
            "COURTS",
            "REGISTRY",
        ],
    ),
    ("POLITICAL FIGURE OFFICE OR RESIDENCE", &["PARTY", "CANDIDATE", "POLITICAL"]),
    ("ORGANIZATION OFFICE", &["HEADQUARTERS", "UNION", "OFFICE", "OFFICES", "FEDERATION"]),
    (
        "COMMERCIAL",
        &[
            "STORE",
            "STORES",
            "RESTAURANT",
            "RESTAURANTS",
            "HOTEL",
            "HOTELS",
            "SHOP",
            "SHOPS",
            "MALL",
            "MARKET",
            "SUPERMARKET",
            "SUPERMARKETS",
            "FACTORY",
            "FACTORIES",
            "COMPANY",
            "COMPANIES",
            "BUSINESS",
            "BUSINESSES",
            "ESTABLISHMENTS",
            "DEALERSHIP",
            "DRUGSTORE",
            "DRUGSTORES",
            "THEATER",
            "THEATERS",
            "COMMERCIAL",
            "WAREHOUSE",
            "WAREHOUSES",
            "STATION",
            "STATIONS",
            "FARM",
            "CINEMA",
        ],
    ),
    (
        "CIVILIAN RESIDENCE",
        &[
            "HOUSE",
            "HOUSES",
            "HOME",
            "HOMES",
            "RESIDENCE",
            "RESIDENCES",
            "APARTMENT",
            "APARTMENTS",
            "MANSION",
            "MANSIONS",
            "DWELLINGS",
        ],
    ),
];

/// `INCIDENT: INSTRUMENT TYPE`.
const INSTRUMENTS: &[Row] = &[
    ("VEHICLE BOMB", &["CAR BOMB", "CAR BOMBS", "TRUCK BOMB", "BUS BOMB", "VEHICLE BOMB"]),
    ("DYNAMITE", &["DYNAMITE"]),
    (
        "MACHINE GUN",
        &[
            "MACHINEGUN",
            "MACHINEGUNS",
            "MACHINE",
            "SUBMACHINE",
            "SUBMACHINEGUN",
            "SUBMACHINEGUNS",
            "AK",
            "AK 47",
        ],
    ),
    ("MORTAR", &["MORTAR", "MORTARS"]),
    ("RIFLE", &["RIFLE", "RIFLES"]),
    ("HANDGUN", &["PISTOL", "PISTOLS", "REVOLVER", "REVOLVERS", "HANDGUN"]),
    ("MOLOTOV COCKTAIL", &["MOLOTOV"]),
    ("GRENADE", &["GRENADE", "GRENADES"]),
    ("MINE", &["MINE", "MINES", "LANDMINE", "LANDMINES"]),
    ("MISSILE", &["MISSILE", "MISSILES"]),
    ("ROCKET", &["ROCKET", "ROCKETS"]),
    ("BOMB", &["BOMB", "BOMBS"]),
    ("EXPLOSIVE", &["EXPLOSIVE", "EXPLOSIVES", "CHARGE", "CHARGES", "DEVICE", "DEVICES"]),
    ("CUTTING DEVICE", &["KNIFE", "KNIVES", "MACHETE", "MACHETES", "AXE", "AXES", "DAGGER"]),
    ("STONE", &["STONE", "STONES", "ROCKS"]),
];

/// What sort of person such words describe.
pub(super) fn person(words: &str, sort: Sort) -> &'static str {
    let former = has(words, &["FORMER", "EX", "RETIRED"]);
    let kind = find(PEOPLE, words).unwrap_or(match sort {
        Sort::Government => "GOVERNMENT OFFICIAL",
        Sort::Political => "POLITICAL FIGURE",
        Sort::Military => "ACTIVE MILITARY",
        Sort::Police => "LAW ENFORCEMENT",
        _ => "CIVILIAN",
    });
    match kind {
        "GOVERNMENT OFFICIAL" if former => "FORMER GOVERNMENT OFFICIAL",
        "ACTIVE MILITARY" if former => "FORMER ACTIVE MILITARY",
        kind => kind,
    }
}

/// What sort of thing such words name.
pub(super) fn thing(words: &str, sort: Sort) -> &'static str {
    find(THINGS, words).unwrap_or(match sort {
        Sort::Business => "COMMERCIAL",
        Sort::Government => "GOVERNMENT OFFICE OR RESIDENCE",
        Sort::Political => "POLITICAL FIGURE OFFICE OR RESIDENCE",
        Sort::Media => "COMMUNICATIONS",
        Sort::Police => "LAW ENFORCEMENT FACILITY",
        _ => "OTHER",
    })
}

/// What instrument such words name, or such a weapon is.
pub(super) fn instrument(words: &str, sort: WeaponSort, mode: Mode) -> Option<&'static str> {
    if matches!(mode, Mode::AirStrike) && has(words, &["BOMB", "BOMBS"]) {
        return Some("AERIAL BOMB");
    }
    let named = INSTRUMENTS.iter().find(|(_, forms)| {
        forms
            .iter()
            .any(|form| if form.contains(' ') { words.contains(form) } else { has(words, &[form]) })
    });
    named.map(|(kind, _)| *kind).or(match sort {
        WeaponSort::Firearm => Some("GUN"),
        WeaponSort::Explosive => Some("EXPLOSIVE"),
        WeaponSort::Blade => Some("CUTTING DEVICE"),
        WeaponSort::Incendiary => Some("FIRE"),
        WeaponSort::Ordnance => Some("PROJECTILE"),
        _ => None,
    })
}

/// What is taken to have been used where the text names nothing.
pub(super) fn implied(mode: Mode) -> Option<&'static str> {
    match mode {
        Mode::Shooting => Some("GUN"),
        Mode::Bombing => Some("BOMB"),
        Mode::AirStrike => Some("AERIAL BOMB"),
        Mode::Stabbing => Some("CUTTING DEVICE"),
        _ => None,
    }
}

/// A country as the set list has it.
pub(super) fn nation(country: &Country) -> String {
    match &country.code {
        b"RU" => "USSR",
        b"DE" => "WEST GERMANY",
        b"ZA" => "REPUBLIC OF SOUTH AFRICA",
        b"KR" => "REPUBLIC OF KOREA",
        b"KP" => "DEMOCRATIC PEOPLES REP OF KOREA",
        b"CN" => "PEOPLES REP OF CHINA",
        b"TW" => "REPUBLIC OF CHINA",
        b"CZ" => "CZECHOSLOVAKIA",
        b"VA" => "VATICAN CITY",
        _ => return country.name.to_uppercase(),
    }
    .to_owned()
}

/// Whether the task is about incidents of this country.
pub(super) fn is_of_the_task(country: &Country) -> bool {
    const NINE: [&[u8; 2]; 9] = [b"AR", b"BO", b"CL", b"CO", b"EC", b"GT", b"HN", b"PE", b"SV"];
    NINE.contains(&&country.code)
}

/// Whether a word for a doer only says whose the deed is: "a guerrilla attack".
pub(super) fn is_adjective(words: &str) -> bool {
    matches!(
        words,
        "EXTREMIST"
            | "GUERRILLA"
            | "MILITARY"
            | "MILITIA"
            | "PARAMILITARY"
            | "REBEL"
            | "SUBVERSIVE"
            | "TERRORIST"
    )
}

/// Whether a thing is a piece of ground: that belongs to the location.
pub(super) fn is_ground(words: &str) -> bool {
    matches!(
        head(words),
        "AREA"
            | "AVENUE"
            | "CITY"
            | "DEPARTMENT"
            | "DISTRICT"
            | "NEIGHBORHOOD"
            | "NEIGHBORHOODS"
            | "STREET"
            | "STREETS"
            | "TOWN"
            | "TOWNS"
            | "VILLAGE"
            | "VILLAGES"
    )
}

/// Whether a word ends as demonyms do: "SALVADORAN", "SPANISH", "U.S.".
pub(super) fn is_demonym(word: &str) -> bool {
    ["AN", "ESE", "ISH", "CH", "U.S."].iter().any(|end| word.ends_with(end))
}

/// Whether a phrase speaks of several.
pub(super) fn is_plural(words: &str) -> bool {
    const PLURALS: &[&str] = &["PEOPLE", "CHILDREN", "WOMEN", "CLERGY", "POPULATION"];
    const SINGULARS: &[&str] = &["BUS", "HEADQUARTERS", "BUSINESS", "CONGRESS", "GAS", "PREMISES"];
    let head = head(words);
    !SINGULARS.contains(&head)
        && (PLURALS.contains(&head)
            || head.ends_with("MEN")
            || (head.ends_with('S') && !head.ends_with("SS")))
}

/// The last word before the first preposition.
fn head(words: &str) -> &str {
    const PREPOSITIONS: &[&str] =
        &["AT", "BELONGING", "FOR", "FROM", "IN", "NEAR", "OF", "ON", "WHERE", "WHO", "WITH"];
    let mut head = "";
    for word in words.split(' ') {
        if PREPOSITIONS.contains(&word) && !head.is_empty() {
            break;
        }
        head = word;
    }
    head
}

fn find(rows: &'static [Row], words: &str) -> Option<&'static str> {
    rows.iter().find(|(_, forms)| has(words, forms)).map(|(kind, _)| *kind)
}

/// Whether one of the `forms` is a word of `words`.
fn has(words: &str, forms: &[&str]) -> bool {
    words.split(|c: char| !c.is_alphanumeric()).any(|word| forms.contains(&word))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_decide_before_sorts() {
        assert_eq!(
            person("FORMER MAYOR OF SAN ISIDRO", Sort::Civilians),
            "FORMER GOVERNMENT OFFICIAL"
        );
        assert_eq!(person("NURSE", Sort::Civilians), "CIVILIAN");
        assert_eq!(person("PATROL", Sort::Police), "LAW ENFORCEMENT");
        assert_eq!(thing("OFFICES OF THE AGRARIAN BANK", Sort::Other), "FINANCIAL");
        assert_eq!(thing("SCHOOL", Sort::Civilians), "OTHER");
        assert_eq!(
            instrument("CAR BOMB", WeaponSort::Explosive, Mode::Bombing),
            Some("VEHICLE BOMB")
        );
        assert_eq!(instrument("WEAPONS", WeaponSort::Firearm, Mode::Shooting), Some("GUN"));
    }

    #[test]
    fn the_head_of_a_phrase_tells_its_number() {
        assert!(is_plural("OFFICES OF THE BANK"));
        assert!(!is_plural("HEADQUARTERS OF TWO PARTIES"));
        assert!(is_plural("POLICEMEN"));
        assert!(!is_plural("BUS"));
    }
}
