//! The signs for and against one event, a closed list.
//!
//! A pair of tellings has at most one sign of each question (time, place, toll …), and none where
//! one of the two says nothing, so that silence is neither for nor against. The number beside a
//! sign is what it is worth by hand, in log-odds; training starts from it and is held to it.

/// Makes the enum of signs, each with its question, its name, its words and its worth by hand.
macro_rules! sign_list {
    ($($member:ident = $question:literal $name:literal, $words:literal, $worth:literal);+ $(;)?) => {
        /// A sign for or against one event.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Sign {
            $(#[doc = $words] $member),+
        }

        impl Sign {
            /// All of them.
            pub const ALL: &[Self] = &[$(Self::$member),+];

            /// The question that it answers.
            pub fn question(self) -> &'static str {
                match self { $(Self::$member => $question),+ }
            }

            /// As it stands in the table of weights.
            pub fn as_str(self) -> &'static str {
                match self { $(Self::$member => concat!($question, ".", $name)),+ }
            }

            /// In words.
            pub fn words(self) -> &'static str {
                match self { $(Self::$member => $words),+ }
            }

            /// What it is worth by hand.
            pub fn by_hand(self) -> f64 {
                match self { $(Self::$member => $worth),+ }
            }
        }
    };
}

sign_list! {
    Prior = "prior" "any", "any pair that is looked at", -2.5;
    DaySame = "time" "same_day", "the same day", 1.5;
    DayOver = "time" "over", "periods that share a day and begin on others", 0.7;
    DayNext = "time" "next_day", "a day apart", 0.7;
    DayNear = "time" "days", "two or three days apart", -1.5;
    DayWeek = "time" "week", "days apart", -3.5;
    DayMonth = "time" "month", "weeks apart", -5.0;
    DayFar = "time" "far", "months or years apart", -7.0;
    SpanIn = "time" "within", "a day within the other's longer period", 0.4;
    SpanNear = "time" "beside", "a period just before or after", -1.5;
    SpanOut = "time" "without", "periods well apart", -5.0;
    LooseIn = "time" "supposed_within", "a day shortly before the other's publication", 0.8;
    LooseOut = "time" "supposed_without", "a day not near the other's publication", -2.0;
    LooseNamed = "time" "year_named", "a day in a year that the other names", -0.5;
    TimeNone = "time" "silent", "one does not say when", 0.0;
    PlaceSame = "place" "same", "the same place", 2.2;
    PlaceBeside = "place" "beside", "places of other names a few kilometres apart", 0.5;
    PlaceNear = "place" "near", "places a few kilometres apart", 1.5;
    PlaceRegion = "place" "region", "places some 50 km apart", -0.5;
    PlaceApart = "place" "apart", "places up to 200 km apart", -3.0;
    PlaceFar = "place" "far", "places far apart", -5.0;
    PlaceInside = "place" "inside", "one is in the area that the other names", 0.6;
    PlaceCountry = "place" "country", "the same country, no more is known", 0.0;
    PlaceAreas = "place" "areas", "different areas of one country", -2.0;
    PlaceAbroad = "place" "abroad", "different countries", -5.0;
    PlaceNone = "place" "silent", "one does not say where", 0.0;
    PlacePart = "part" "of_whole", "one is a site within the other's wider scene, with a part of its toll", -2.0;
    PartSeveral = "part" "of_several", "one is a site or a later day of a wider scene, where several things were struck, with another toll", -6.0;
    NeighbourOther = "neighbours" "other_toll", "places of other names a few kilometres apart, with high tolls that do not fit", -2.5;
    NeighbourMassacre = "neighbours" "other_massacre", "places of other names a few kilometres apart, with tolls of hundreds that do not fit", -4.0;
    SiteSame = "site" "same", "the same site", 1.2;
    SiteOther = "site" "other", "different sites", -0.4;
    ModeSame = "mode" "same", "the same kind of act", 0.8;
    ModeKin = "mode" "kin", "kindred kinds of act", 0.3;
    ModeOther = "mode" "other", "different kinds of act", -1.0;
    StageOther = "stage" "other", "one was carried out, the other was not", -1.5;
    KilledSame = "killed" "same", "the same toll", 1.5;
    KilledSmall = "killed" "same_small", "the same small toll", 0.4;
    KilledFits = "killed" "fits", "tolls that fit as bounds", 0.8;
    KilledRises = "killed" "rises", "tolls as they rise over days", 0.3;
    KilledUnlike = "killed" "unlike", "tolls that hardly fit", -1.0;
    KilledContrary = "killed" "contrary", "tolls that do not fit", -3.0;
    InjuredSame = "injured" "same", "the same number of injured", 1.0;
    InjuredFits = "injured" "fits", "numbers of injured that fit", 0.3;
    InjuredContrary = "injured" "contrary", "numbers of injured that do not fit", -0.8;
    ActorSame = "actor" "same", "an organisation in common", 0.6;
    ActorOther = "actor" "other", "other organisations", -0.6;
    VictimSame = "victim" "same", "a victim's name in common", 3.0;
    VictimOther = "victim" "other", "other victims' names", -0.8;
    TargetSame = "target" "same", "the same sort of target", 0.3;
    TargetOther = "target" "other", "other sorts of target", -0.5;
    WeaponSame = "weapon" "same", "the same sort of weapon", 0.3;
    WeaponOther = "weapon" "other", "other weapons", -0.4;
    WordsNone = "words" "none", "hardly a telling word in common", -1.0;
    WordsFew = "words" "few", "few telling words in common", -0.4;
    WordsSome = "words" "some", "some telling words in common", 0.3;
    WordsMany = "words" "many", "many telling words in common", 1.2;
    WordsMost = "words" "most", "most telling words in common", 2.2;
    NamesNone = "names" "none", "no telling name in common", -0.8;
    NamesFew = "names" "few", "few telling names in common", -0.2;
    NamesSome = "names" "some", "some telling names in common", 0.4;
    NamesMany = "names" "many", "many telling names in common", 1.0;
    PhrasesNone = "phrases" "none", "no telling phrase in common", -0.2;
    PhrasesFew = "phrases" "few", "a telling phrase in common", 0.3;
    PhrasesSome = "phrases" "some", "some telling phrases in common", 0.8;
    PhrasesMany = "phrases" "many", "many telling phrases in common", 1.5;
    HeadsNone = "heads" "none", "neither names what the other is about", -0.8;
    HeadsOne = "heads" "one", "one hardly names what the other is about", -0.3;
    HeadsSome = "heads" "some", "each names some of what the other is about", 0.3;
    HeadsAll = "heads" "all", "each names what the other is about", 0.9;
    ContrastWordsFar = "contrast_words" "far", "among like reports, other words than this", -1.5;
    ContrastWordsLess = "contrast_words" "less", "among like reports, fewer of its words", -0.5;
    ContrastWordsEven = "contrast_words" "even", "among like reports, as many of its words", 0.0;
    ContrastWordsMore = "contrast_words" "more", "among like reports, more of its words", 0.5;
    ContrastWordsMost = "contrast_words" "most", "among like reports, most of its words", 1.0;
    ContrastNamesFar = "contrast_names" "far", "among like reports, other names than this", -1.0;
    ContrastNamesLess = "contrast_names" "less", "among like reports, fewer of its names", -0.3;
    ContrastNamesEven = "contrast_names" "even", "among like reports, as many of its names", 0.0;
    ContrastNamesMore = "contrast_names" "more", "among like reports, more of its names", 0.3;
    ContrastNamesMost = "contrast_names" "most", "among like reports, most of its names", 0.6;
    ContrastPhrasesFar = "contrast_phrases" "far", "among like reports, other phrases than this", -0.5;
    ContrastPhrasesLess = "contrast_phrases" "less", "among like reports, fewer of its phrases", -0.2;
    ContrastPhrasesEven = "contrast_phrases" "even", "among like reports, as many of its phrases", 0.0;
    ContrastPhrasesMore = "contrast_phrases" "more", "among like reports, more of its phrases", 0.2;
    ContrastPhrasesMost = "contrast_phrases" "most", "among like reports, most of its phrases", 0.5;
    YearsSame = "years" "same", "the same latest year", 0.3;
    YearsNext = "years" "next", "latest years that follow each other", -0.1;
    YearsOther = "years" "other", "other latest years", -0.8;
    RolesMain = "roles" "main", "both are about it", 0.0;
    RolesMixed = "roles" "mixed", "one mentions it only", -0.2;
    RolesAside = "roles" "aside", "both mention it only", 0.0;
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_sign_has_a_name_of_its_own() {
        let names: std::collections::BTreeSet<&str> =
            Sign::ALL.iter().map(|s| s.as_str()).collect();
        assert_eq!(names.len(), Sign::ALL.len());
        for (i, &sign) in Sign::ALL.iter().enumerate() {
            assert_eq!(sign as usize, i);
        }
    }
}
