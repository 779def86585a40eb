//! Names of months in the languages that news is read in.

use std::collections::HashMap;
use std::sync::LazyLock;

/// The number of the month that `word` (lower case, no dot) names.
pub(crate) fn month(word: &str) -> Option<i8> {
    NUMBERS.get(word).copied()
}

static NUMBERS: LazyLock<HashMap<&str, i8>> = LazyLock::new(|| {
    let rows = NAMES.iter().zip(1..);
    rows.flat_map(|(names, number)| names.split(' ').map(move |name| (name, number))).collect()
});

/// A row a month: full names, cases and abbreviations. English, German, French, Spanish, Italian,
/// Portuguese, Catalan, Dutch, Nordic, Polish, Czech, Slovak, Hungarian, Romanian, Turkish, Greek,
/// Russian, Ukrainian, Bulgarian, Serbian, Indonesian, Arabic (both sets), Persian, Hindi.
const NAMES: [&str; 12] = [
    "january jan januar jänner jän janvier janv enero ene gennaio gen janeiro gener januari \
     stycznia styczeń sty ledna leden januára január ianuarie ian ocak oca ιανουαρίου ιαν \
     января январь янв січня січень януари јануар јануара januara tammikuuta jaanuar يناير \
     جانفي ژانویه जनवरी",
    "february feb febr februar feber février févr fév fevrier febrero febbraio fevereiro fev \
     febrer februari lutego luty lut února únor februára február februarie şubat şub \
     φεβρουαρίου φεβ февраля февраль фев февр лютого лютий февруари фебруар фебруара februara \
     helmikuuta veebruar pebruari فبراير شباط فيفري فوریه फरवरी फ़रवरी",
    "march mar märz mär mrz maerz mars marzo março marco març maart mrt marts marca marzec \
     března březen marec március márc martie mart μαρτίου μαρ марта март мар березня березень \
     maret maaliskuuta märts مارس آذار मार्च",
    "april apr avril avr abril abr aprile aprilie kwietnia kwiecień kwi dubna duben apríla \
     apríl április ápr nisan nis απριλίου απρ апреля апрель апр квітня квітень април aprila \
     huhtikuuta aprill أبريل ابريل نيسان أفريل آوریل अप्रैल",
    "may mai mayo maggio mag maio maig mei maj maja května květen mája máj május mayıs μαΐου \
     μαΐ мая май травня травень мај maí toukokuuta مايو أيار ماي مه मई",
    "june jun juni juin junio giugno giu junho juny czerwca czerwiec cze června červen júna \
     jún június iunie iun haziran haz ιουνίου ιουν июня июнь июн червня червень юни јун јуна \
     juna kesäkuuta juuni يونيو حزيران جوان ژوئن जून",
    "july jul juli juillet juil julio luglio lug julho juliol lipca lipiec lip července \
     červenec júla júl július iulie iul temmuz tem ιουλίου ιουλ июля июль июл липня липень \
     юли јул јула jula heinäkuuta juuli يوليو تموز جويلية ژوئیه जुलाई",
    "august aug août aout agosto ago agost augustus augusti sierpnia sierpień sie srpna srpen \
     augusta augusztus ağustos ağu αυγούστου αυγ августа август авг серпня серпень avgust \
     avgusta agustus elokuuta أغسطس اغسطس آب أوت اوت अगस्त",
    "september sep sept septembre septiembre setiembre settembre set setembro setembre \
     września wrzesień wrz září septembra szeptember szept septembrie eylül eyl σεπτεμβρίου \
     σεπ сентября сентябрь сен сент вересня вересень септември септембар septembar syyskuuta \
     سبتمبر أيلول سپتامبر सितंबर सितम्बर",
    "october oct oktober okt octobre octubre ottobre ott outubro out października październik \
     paź října říjen októbra október octombrie ekim eki οκτωβρίου οκτ октября октябрь окт \
     жовтня жовтень октомври октобар oktobra lokakuuta oktoober أكتوبر اكتوبر اکتبر अक्टूबर",
    "november nov novembre noviembre novembro listopada listopad lis listopadu novembra \
     noiembrie kasım kas νοεμβρίου νοε ноября ноябрь ноя нояб листопада листопад ноември \
     новембар novembar marraskuuta نوفمبر نوامبر नवंबर नवम्बर",
    "december dec dezember dez décembre déc decembre diciembre dic dicembre dezembro desembre \
     desember des grudnia grudzień gru prosince prosinec decembra decembrie aralık ara \
     δεκεμβρίου δεκ декабря декабрь дек грудня грудень декември децембар decembar joulukuuta \
     detsember ديسمبر دسامبر दिसंबर दिसम्बर",
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn months_are_known_in_many_languages() {
        for (word, number) in
            [("märz", 3), ("août", 8), ("marzo", 3), ("мая", 5), ("ديسمبر", 12), ("ocak", 1)]
        {
            assert_eq!(month(word), Some(number), "{word}");
        }
        assert_eq!(month("monday"), None);
    }
}
