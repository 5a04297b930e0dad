//! The fields, how an [`Entry`] becomes a document, and the fingerprint of all the rules that made it.

use std::collections::BTreeSet;

use tantivy::schema::{
    FAST, Facet, FacetOptions, Field, IndexRecordOption, STORED, STRING, Schema, TextFieldIndexing, TextOptions,
};
use tantivy::{TantivyDocument, Term};

use crate::entry::{Entry, Kind};
use crate::error::Error;
use crate::name::Name;
use crate::normalise;
use crate::readings;
use crate::table;
use crate::tokens::{self, Edge};

/// Raised when the way in which documents are made changes without a change in the fields or tables.
const RULES: u32 = 5;
/// The tokenizer for fields that hold whole strings; also named for those that only ever receive ready tokens.
const RAW: &str = "raw";

/// Handles to the fields.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Fields {
    /// Key of the entry.
    pub(crate) uid: Field,
    /// The entry itself, stored as JSON.
    pub(crate) entry: Field,
    /// Single characters of the names.
    pub(crate) chars: Field,
    /// Pairs of characters of the names, for parts of two and for near ones.
    pub(crate) pairs: Field,
    /// Threes of characters of the names, for longer parts.
    pub(crate) threes: Field,
    /// Syllables of the names, for questions of one.
    pub(crate) syllables: Field,
    /// Pairs of neighbouring syllables of the names, for questions of two.
    pub(crate) sounds: Field,
    /// Threes of them, for longer questions.
    pub(crate) sound_threes: Field,
    /// Pairs of them as people mix them up: zh for z, ng for n, l for n.
    pub(crate) slurs: Field,
    /// Grams of the initials of the names.
    pub(crate) initials: Field,
    /// Whole names, whole and short.
    pub(crate) whole_name: Field,
    /// Whole joined syllables.
    pub(crate) whole_pinyin: Field,
    /// Whole initials.
    pub(crate) whole_initials: Field,
    /// Words of the English names.
    pub(crate) words: Field,
    /// The running text in both languages, and the names of places.
    pub(crate) text: Field,
    /// The code.
    pub(crate) code: Field,
    /// Beginnings of whole strings.
    pub(crate) edges: Field,
    /// `/kind/…`, `/region/…` and the entry's own facets.
    pub(crate) facets: Field,
    /// Kind, facets and weight in one value, see [`crate::table`].
    pub(crate) traits: Field,
    /// All its region paths in one value, see [`crate::table`].
    pub(crate) places: Field,
    /// [`Entry::since`]; 0 for none.
    pub(crate) since: Field,
    /// [`Entry::level`].
    pub(crate) level: Field,
    /// The place of its name in an order by sound.
    pub(crate) order: Field,
}

/// The names of fields that collectors ask for by name.
pub(crate) const TRAITS: &str = "traits";
pub(crate) const PLACES: &str = "places";
pub(crate) const SINCE: &str = "since";
pub(crate) const LEVEL: &str = "level";
pub(crate) const ORDER: &str = "order";

/// Builds the fields. The order is part of the file format.
pub(crate) fn schema() -> (Schema, Fields) {
    let text = |detail| {
        TextOptions::default().set_indexing_options(TextFieldIndexing::default().set_tokenizer(RAW).set_index_option(detail))
    };
    let positions = || text(IndexRecordOption::WithFreqsAndPositions);
    let counts = || text(IndexRecordOption::WithFreqs);
    let bare = || text(IndexRecordOption::Basic);
    let mut builder = Schema::builder();
    let fields = Fields {
        uid: builder.add_text_field("uid", STRING | STORED),
        entry: builder.add_text_field("entry", STORED),
        chars: builder.add_text_field("chars", counts()),
        pairs: builder.add_text_field("pairs", counts()),
        threes: builder.add_text_field("threes", positions()),
        syllables: builder.add_text_field("syllables", bare()),
        sounds: builder.add_text_field("sounds", counts()),
        sound_threes: builder.add_text_field("sound_threes", positions()),
        slurs: builder.add_text_field("slurs", positions()),
        initials: builder.add_text_field("initials", positions()),
        whole_name: builder.add_text_field("whole_name", bare()),
        whole_pinyin: builder.add_text_field("whole_pinyin", bare()),
        whole_initials: builder.add_text_field("whole_initials", bare()),
        words: builder.add_text_field("words", positions()),
        text: builder.add_text_field("text", positions()),
        code: builder.add_text_field("code", bare()),
        edges: builder.add_text_field("edges", bare()),
        facets: builder.add_facet_field("facets", FacetOptions::default()),
        traits: builder.add_text_field(TRAITS, TextOptions::default().set_fast(RAW)),
        places: builder.add_text_field(PLACES, TextOptions::default().set_fast(RAW)),
        since: builder.add_u64_field(SINCE, FAST),
        level: builder.add_u64_field(LEVEL, FAST),
        order: builder.add_u64_field(ORDER, FAST),
    };
    (builder.build(), fields)
}

/// A fingerprint of everything that decides what is in the files: engine, fields, tables and rules.
pub(crate) fn fingerprint() -> String {
    let (schema, _) = schema();
    let fields = serde_json::to_string(&schema).expect("a schema is plain data");
    // FNV-1a: stable between versions of the compiler, and nobody attacks it.
    let mut hash = 0xcbf2_9ce4_8422_2325_u64;
    let version = format!("{} rules {RULES}", tantivy::version_string());
    let tables = [readings::WORDS, readings::PLACES, readings::POLYPHONES, normalise::VARIANTS];
    for byte in [version.as_str(), &fields].into_iter().chain(tables).flat_map(str::bytes) {
        hash = (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3);
    }
    format!("{hash:016x}")
}

/// The term that finds an entry by its key.
pub(crate) fn uid_term(fields: &Fields, uid: &str) -> Term {
    Term::from_field_text(fields.uid, uid)
}

/// The facet of a kind.
pub(crate) fn kind_facet(kind: Kind) -> Facet {
    Facet::from_path(["kind", kind.as_str()])
}

/// The facet of a region by its path from the province down; the root of all regions for an empty path.
pub(crate) fn region_facet<S: AsRef<str>>(path: &[S]) -> Facet {
    Facet::from_path(std::iter::once("region").chain(path.iter().map(AsRef::as_ref)))
}

/// The facet of `dimension/value`.
pub(crate) fn own_facet(facet: &str) -> Facet {
    Facet::from_path(std::iter::once("own").chain(facet.split('/').filter(|part| !part.is_empty())))
}

/// Makes the document of an entry.
pub(crate) fn document(fields: &Fields, entry: &Entry) -> Result<TantivyDocument, Error> {
    let mut doc = TantivyDocument::new();
    doc.add_text(fields.uid, &entry.uid);
    doc.add_text(fields.entry, serde_json::to_string(entry)?);
    let mut edges = BTreeSet::new();
    let title = Name::new(&entry.title);
    add_name(fields, &mut doc, &mut edges, &title);
    doc.add_u64(fields.order, title.order());
    for alias in &entry.aliases {
        add_name(fields, &mut doc, &mut edges, &Name::new(alias));
    }
    let words = tokens::words(&entry.title_en);
    for word in &words {
        tokens::edges(&mut edges, Edge::Word, &word.text);
    }
    doc.add_pre_tokenized_text(fields.words, tokens::field(words));
    for text in [&entry.text, &entry.text_en].into_iter().chain(entry.offers.iter().map(|offer| &offer.names)) {
        doc.add_pre_tokenized_text(fields.text, tokens::field(tokens::running(text)));
    }
    let codes = std::iter::once(&entry.code).chain(entry.offers.iter().map(|offer| &offer.code));
    let codes: BTreeSet<String> = codes.map(|code| normalise::code(code)).filter(|code| !code.is_empty()).collect();
    for code in codes {
        tokens::edges(&mut edges, Edge::Code, &code);
        doc.add_text(fields.code, code);
    }
    for edge in edges {
        doc.add_text(fields.edges, edge);
    }
    doc.add_facet(fields.facets, kind_facet(entry.kind));
    let paths: BTreeSet<&[String]> = entry.region_paths().filter(|path| !path.is_empty()).collect();
    for path in &paths {
        doc.add_facet(fields.facets, region_facet(path));
    }
    for facet in &entry.facets {
        doc.add_facet(fields.facets, own_facet(facet));
    }
    doc.add_text(fields.traits, table::traits(entry));
    doc.add_text(fields.places, table::places(&paths));
    doc.add_u64(fields.since, u64::from(entry.since.unwrap_or_default()));
    doc.add_u64(fields.level, u64::from(entry.level));
    Ok(doc)
}

fn add_name(fields: &Fields, doc: &mut TantivyDocument, edges: &mut BTreeSet<String>, name: &Name) {
    doc.add_pre_tokenized_text(fields.chars, tokens::field(tokens::unigrams(&name.chars)));
    doc.add_pre_tokenized_text(fields.pairs, tokens::field(tokens::bigrams(&name.chars)));
    doc.add_pre_tokenized_text(fields.threes, tokens::field(tokens::trigrams(&name.chars)));
    doc.add_pre_tokenized_text(fields.syllables, tokens::field(tokens::syllables(name)));
    doc.add_pre_tokenized_text(fields.sounds, tokens::field(tokens::sound_pairs(name)));
    doc.add_pre_tokenized_text(fields.sound_threes, tokens::field(tokens::sound_threes(name)));
    doc.add_pre_tokenized_text(fields.slurs, tokens::field(tokens::slurs(name)));
    doc.add_pre_tokenized_text(fields.initials, tokens::field(tokens::initial_grams(name)));
    let mut wholes = vec![name.full()];
    if name.has_short_form() {
        let short: Vec<char> = name.short().chars().collect();
        doc.add_pre_tokenized_text(fields.pairs, tokens::field(tokens::bigrams(&short)));
        doc.add_pre_tokenized_text(fields.threes, tokens::field(tokens::trigrams(&short)));
        wholes.push(short.into_iter().collect());
    }
    for whole in wholes {
        tokens::edges(edges, Edge::Name, &whole);
        doc.add_text(fields.whole_name, whole);
    }
    for joined in name.joined() {
        tokens::edges(edges, Edge::Pinyin, &joined);
        doc.add_text(fields.whole_pinyin, joined);
    }
    for initials in name.initials() {
        tokens::edges(edges, Edge::Initials, &initials);
        doc.add_text(fields.whole_initials, initials);
    }
}
