//! Every word of the pages, in one place, so that a translation is one more constant.
//!
//! Terms of the codebook (kinds, modes, stages) are not here: they are the same in every language,
//! and pages show them as the table of the ontology has them.

/// Makes the type and the English words at once.
macro_rules! words {
    ($($name:ident = $text:literal;)+) => {
        /// The words of a language.
        pub(crate) struct Words { $(pub(crate) $name: &'static str),+ }

        /// English.
        pub(crate) static ENGLISH: Words = Words { $($name: $text),+ };
    };
}

words! {
    language = "en";
    name = "Tocsin";
    skip = "Skip to the content";
    navigation = "Pages";
    overview = "Overview";
    events = "Events";
    actors = "Actors";
    places = "Places";
    sources = "Sources";
    documents = "Documents";
    about = "About";
    search = "Search the documents";
    search_button = "Search";
    position = "Ledger";
    at_entry = "at entry";
    past_note = "The record as it was at entry";
    past_leave = "See it as it is now";
    of_time = "of";
    machine_coded = "Coded by machine from the reports named on each page. Check the sentence before you cite the number.";
    same_as_json = "This page as JSON";

    // Review.
    review = "Review";
    review_title = "Questions to you";
    review_note = "What the program is not sure of, the most doubtful first. What you answer is an entry of the ledger with your name; it counts before what the program makes out, and can be taken back.";
    review_all = "All";
    review_pairs = "One event or two";
    review_fields = "Which value counts";
    review_reports = "Right or wrong";
    review_marks = "Marked";
    review_keys = "Single keys answer";
    review_kept = "Kept as";
    review_undo = "Undo";
    review_undone = "is undone.";
    of = "of";
    review_pair = "One event or two?";
    review_now_one = "Now one event;";
    review_now_two = "Now two events;";
    review_likely = "likely one by these two alone.";
    review_field = "Which value counts for";
    review_now = "Now";
    review_report = "Is this report right?";
    review_marked_by = "Marked by";
    review_event = "The event";
    review_merge = "One event";
    review_split = "Two events";
    review_accept = "As it is";
    review_no_value = "No value";
    review_right = "Right";
    review_reject = "Wrong";
    review_mark = "Mark";
    review_next = "Next";
    review_grounds = "What speaks for and against";
    review_typed = "Or type a command, such as c 12 or x look again";
    review_send = "Answer";
    review_help = "What can be typed";
    review_none = "No question is left";
    review_none_hint = "Questions come with new documents, and where reviewers mark something.";

    // Refusals.
    not_found = "Not found";
    not_understood = "Not understood";
    no_answer = "No answer";
    missing_hint = "the ledger may have been coded anew since the link was made; look for it in the list of events";
    no_page = "there is nothing at this address";
    no_page_hint = "begin at the overview";
    only_read = "this cannot be done here";
    only_read_hint = "ask in one of the ways that the header Allow names";
    other_host = "this server answers for this machine only";
    other_host_hint = "use the address that `tocsin serve` printed";
    broken = "something is wrong on our side";
    broken_hint = "ask again; if it stays, report it with the address of the page";
    back_to_overview = "To the overview";
    back_to_events = "To the list of events";

    // Access.
    sign_in = "Sign in";
    sign_out = "Sign out";
    sign_in_wrong = "The name or the password is wrong.";
    sign_in_first = "nobody is signed in";
    sign_in_first_hint = "sign in, or send a token as `Authorization: Bearer …`";
    user_name = "Name";
    password = "Password";
    account = "Account";
    signed_in_as = "You are";
    may = "You may:";
    not_allowed = "this account may not do that: it lacks the scope";
    not_allowed_hint = "ask whoever runs this server";
    foreign = "this was sent from a page of another site, or from one that is too old";
    foreign_hint = "open the page anew and send it from there";
    too_often = "that is too often";
    too_often_hint = "ask again in so many seconds:";
    too_large = "the body is too large: no more bytes are taken than";
    too_large_hint = "send it in parts, or use `tocsin ingest` where the ledger is";
    too_slow = "the body came too slowly";
    too_slow_hint = "send it again over a better connection";
    other_media = "documents do not come as";
    other_media_hint = "send application/jsonl, application/json, text/html, text/plain, text/csv or a feed";
    full = "too many wait already";
    full_hint = "ask again in a while";
    folding = "the record of that position is being put together";
    folding_hint = "ask again in a while; a long log takes its time";

    // Ingest.
    ingest = "Add";
    ingest_title = "Add documents";
    ingest_note = "What you add is read and coded here, and kept in the ledger with your name. What the ledger has already is not added again.";
    paste = "Paste a text";
    paste_text = "Text, or the source of a page";
    paste_title = "Title";
    paste_day = "Day of publication";
    paste_button = "Add the text";
    pasted_text = "pasted text";
    send_file = "Send files";
    file = "Files";
    file_note = "Pages, texts, JSON lines, tables, feeds, WARC archives; all together at most";
    file_button = "Add the files";
    drop_here = "Files can be dropped here as well.";
    add_feed = "Fetch a feed or a page";
    feed_note = "The first entries of a feed are fetched, slowly and as robots.txt allows. Addresses inside a network are refused.";
    feed_address = "Address of the feed or page";
    feed_button = "Fetch it";
    nothing_sent = "nothing was sent";
    jobs = "What was added since this server began";
    no_jobs = "Nothing yet.";
    job = "Added";
    job_state = "How far";
    job_waiting = "waiting";
    job_running = "under way";
    job_done = "done";
    job_failed = "failed";
    job_new = "new";
    job_known = "there already";
    job_lost = "lost";
    job_reloads = "This page loads itself anew.";
    job_see = "To the documents";

    // Overview.
    overview_title = "What the record holds";
    n_events = "events";
    n_reports = "reports";
    n_documents = "documents";
    n_killed = "killed";
    n_countries = "countries";
    attacks_only = "Violence that reports are about. Background mentions are left out, and so are campaigns told as one, since their sums hold what is counted singly.";
    no_number_in = "no number in";
    of_them = "of them";
    latest = "Latest";
    all_events = "All events";
    deadliest = "Deadliest";
    news = "New and changed";
    news_note = "What the documents that were read last tell of.";
    disputed_in = "Sources contradict each other on";
    is_new = "new";
    is_changed = "changed";
    by_class = "By class of who is named as perpetrator";
    by_country = "By country";
    by_mode = "By mode";
    by_month = "Events by month";
    by_year = "Events by year";
    timeline_note = "By the first day of each event.";
    without_day = "Without a known day:";
    map = "Where";
    map_title = "Map of events";
    map_keys = "Arrow keys move the map, plus and minus zoom. The places in view are listed after it.";
    zoom_in = "Zoom in";
    zoom_out = "Zoom out";
    map_whole = "Show all";
    map_in_view = "In view";
    map_only_view = "List only these";
    map_open = "Open";
    map_near = "Events near here";
    map_close = "Close";
    map_failed = "The map could not be brought up to date.";
    map_scroll = "Hold Ctrl and scroll to zoom";
    map_scroll_mac = "Hold ⌘ and scroll to zoom";
    map_touch = "Move the map with two fingers";
    brush_from = "From";
    brush_to = "To";
    brush_keys = "Arrow keys move by a month, Page Up and Page Down by a year.";
    loading = "Loading";
    failed = "This view could not be loaded.";
    try_again = "Try again";
    map_note = "A circle is a place; its area grows with the number killed, at least. Positions are those of towns, not of houses.";
    country = "Country";
    mode = "Mode";
    killed = "Killed";
    injured = "Injured";
    number_of_events = "Events";
    not_said = "not said";
    empty_title = "Nothing is here yet";
    empty_hint = "This ledger has no events of violence. Fill it with:";

    // Events.
    events_title = "Events";
    filters = "Filter";
    apply = "Show";
    clear = "Clear";
    period_from = "From";
    period_to = "To";
    place = "Place";
    kind = "Kind";
    actor = "Actor";
    killed_at_least = "Killed, at least";
    text_in = "Words in the documents";
    order = "Order";
    everything = "Also background and what is not violent";
    any = "any";
    order_day = "latest first";
    order_killed = "most killed first";
    order_place = "by country and place";
    order_confidence = "most certain first";
    day = "Day";
    what = "What";
    where_ = "Where";
    by = "By";
    told_by = "Source";
    found_one = "event";
    found_many = "events";
    from_one_report = "from one report";
    next_page = "Next page";
    first_page = "First page";
    no_events = "No event passes these filters";
    no_events_hint = "Take one away, or also show background mentions.";
    near_point = "within";
    near_km = "km of";
    take_away = "without";
    export = "This selection as";
    facets = "Narrow by";
    later = "Map, timeline and facets of this selection";
    at_least = "at least";
    certainty_at_least = "Certainty in %, at least";
    facets_more = "and more";

    // Event.
    field_mode = "How";
    field_when = "When";
    field_where = "Where";
    field_killed = "Killed";
    field_injured = "Injured";
    field_abducted = "Abducted";
    field_perpetrators = "By whom";
    disputed = "disputed";
    counts_by_rule = "Counts:";
    values_from = "Values from";
    to = "to";
    no_upper_end = "no upper end";
    certainty = "Certainty of the coding";
    at_a_glance = "At a glance";
    tolls = "claim by claim";
    tolls_note = "In the order of publication. A dot is the number given, a line its bounds, an arrow a number without an upper end. The upright line is the number that counts.";
    claims_over_time = "claims over time";
    claims_note = "Each dot is a claim by the day of its publication after the first one, days standing wider apart at first; its line is the bounds, broken where there is no upper end. The steps are the number that counts.";
    after_none = "first day";
    after_day = "+1 day";
    after_week = "+1 week";
    after_month = "+1 month";
    after_year = "+1 year";
    dossier_html = "Save this page";
    dossier_json = "Save as JSON";
    similar = "Similar events";
    similar_note = "In the same country: done in the same way first, then those nearest in place and time.";
    grown = "History of the record";
    grown_note = "When each document was read into the ledger, and which build of the program coded it. Times are UTC.";
    entry = "entry";
    who_says_what = "Who says what";
    value = "Value";
    n_sources = "Sources";
    n_source = "source";
    n_sources_of = "sources";
    claims = "Who says so";
    on_the_word_of = "on the word of";
    reports_heading = "Reports";
    more_reports = "more reports tell of it. Their values stand above; each is in the JSON.";
    perpetrators = "Perpetrators";
    targets = "Targets";
    weapons = "Weapons";
    speakers = "Speakers";
    in_document = "in the document";
    coded_by = "coded by";
    background = "background";
    history = "how the number changed";
    history_note = "The number that counted after each day of publication.";
    unknown_outlet = "unnamed outlet";
    unknown_day = "no day";

    // Document.
    document = "Document";
    no_title = "Untitled document";
    published = "Published";
    outlet = "Outlet";
    authors = "Authors";
    address = "Address";
    language_of = "Language";
    input = "Read from";
    id = "Id";
    duplicate = "Says the same as";
    percent_same = "% the same";
    problems = "What could not be made out";
    what_it_says = "What was coded from it";
    nothing_coded = "No report was coded from this document.";
    text = "Text";
    text_note = "Shaded sentences are evidence. Underlined words are what a value rests on; each leads to the event that it became a part of.";
    relations_said = "Relations that it states";

    // Actor.
    actors_title = "Actors";
    actors_note = "Organisations and forces that reports name as a party of an attack, those of most attacks first. Persons have no page.";
    no_actors = "No report names an actor yet";
    no_lists_hint = "Documents are added under \"Add\", or by tocsin ingest.";
    as_perpetrator = "Named as perpetrator";
    as_target = "Named as target";
    first_seen = "First event";
    last_seen = "Last event";
    names_here = "Names in the documents";
    known_as = "What is known beforehand";
    sort = "Sort";
    countries = "Countries";
    parent = "Offshoot of";
    active = "Existed";
    until = "until";
    since = "since";
    known_relations = "Known relations";
    claimed_relations = "Relations as reported";
    no_claims = "No document of this ledger states a relation of it.";
    row_source = "From";
    killed_in_these = "killed in these events";
    attributed = "Being named is not being guilty: each event says on whose word.";

    // Places.
    places_title = "Places";
    places_note = "Where attacks happened, those of most attacks first.";
    no_places = "No attack has a known place yet";
    events_here = "Events here";

    // Sources.
    sources_title = "Sources";
    sources_note = "What was read, by outlet. A duplicate says what an earlier document says; the lag is how long after their publication the last fifty documents were read in (median).";
    documents_by_month = "Documents by month of publication";
    documents_by_year = "Documents by year of publication";
    duplicates = "Duplicates";
    first_published = "First";
    last_published = "Last";
    last_read = "Last read in";
    lag = "Lag";
    day_of_lag = "day";
    days_of_lag = "days";
    reports_of = "Reports";
    unnamed = "unnamed";

    // Documents.
    documents_title = "Documents";
    documents_note = "In the order in which they were read, the latest first.";
    no_documents = "No document has these words";

    // About.
    about_title = "How to read this";
    signs = "Signs";
    sign_plus = "At least so many: the report gives no upper end.";
    sign_range = "Between these two.";
    sign_most = "At most so many.";
    sign_about = "Inferred: the day or number is not stated but follows from what is.";
    sign_doubt = "Not plainly asserted: reported, denied, foreseen, or under a condition.";
    sign_empty = "An empty cell means that no report says.";
    sign_disputed = "Sources contradict each other; all values are on the page of the event.";
    counts_title = "What counts as an event";
    counts_text = "Reports of the same thing are put together as one event. Nothing is averaged and nothing is dropped: each value stands with who says so, and a stated rule decides which one is shown in lists.";
    limits_title = "What this cannot tell";
    limits_text = "The record holds what the documents in this ledger say. Where no source reports, there is silence, not peace. An accusation is an accusation. A machine coded it: expect errors, and read the sentence.";
    api_title = "For programs";
    api_text = "The same record over HTTP, with the same filters. The description is written from the code.";
    data_title = "What is known beforehand, and from where";
    data_text = "Names of places, organisations and offices come from these sources.";
    licence = "Licence";
    script_licences = "The map that moves is made with MapLibre GL JS and Natural Earth.";
    no_script = "This program was built without its script layer: maps and timelines do not move.";
    origin = "Origin";
}
