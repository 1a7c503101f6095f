//! Official languages of the Member States, as the markets of a product ask for them.
//!
//! Source: the treaties' list of official languages of the Union and the constitutions of the Member States; where a
//! State has several, one of them is taken as enough here, and what a State requires beyond is for its own law (Art. 28(2)).

/// The official languages of a Member State that are official languages of the Union, as ISO 639-1 codes.
pub fn of_market(market: &str) -> &'static [&'static str] {
    match market {
        "AT" | "DE" => &["de"],
        "BE" => &["nl", "fr", "de"],
        "BG" => &["bg"],
        "CY" => &["el"],
        "CZ" => &["cs"],
        "DK" => &["da"],
        "EE" => &["et"],
        "ES" => &["es"],
        "FI" => &["fi", "sv"],
        "FR" => &["fr"],
        "GR" | "EL" => &["el"],
        "HR" => &["hr"],
        "HU" => &["hu"],
        "IE" => &["en", "ga"],
        "IT" => &["it"],
        "LT" => &["lt"],
        "LU" => &["fr", "de"],
        "LV" => &["lv"],
        "MT" => &["mt", "en"],
        "NL" => &["nl"],
        "PL" => &["pl"],
        "PT" => &["pt"],
        "RO" => &["ro"],
        "SE" => &["sv"],
        "SI" => &["sl"],
        "SK" => &["sk"],
        _ => &[],
    }
}

/// Languages in which documents are made for markets: the first language of each, English when there is no market.
pub fn of_markets<'a>(markets: impl Iterator<Item = &'a str>) -> Vec<&'static str> {
    let mut languages: Vec<&'static str> = markets.filter_map(|it| of_market(it).first().copied()).collect();
    languages.sort_unstable();
    languages.dedup();
    if languages.is_empty() { vec!["en"] } else { languages }
}
