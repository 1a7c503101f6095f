//! Finds the words for what a function does: the user types freely, the catalogue's vocabulary answers.
//!
//! Besides id, title and description of a function, the categories help: who types `vpn` is shown the functions by which
//! the catalogue recognises one.

use conforme_catalogue::{Catalogue, Comparison, Function};

/// No list on a terminal is longer.
const MOST: usize = 12;

/// Words that say nothing about a function.
const STOP: [&str; 18] = [
    "the", "a", "an", "of", "for", "to", "and", "or", "it", "is", "in", "on", "with", "our", "device", "product",
    "smart", "that",
];

/// Functions that fit what was typed, best first.
pub(crate) fn search<'a>(law: &'a Catalogue, typed: &str) -> Vec<&'a Function> {
    let wanted = tokens(typed);
    if let Some(exact) = law.functions.iter().find(|it| it.id == typed.trim()) {
        return vec![exact];
    }
    let mut scored: Vec<(u32, &Function)> =
        law.functions.iter().map(|it| (score(law, it, &wanted), it)).filter(|(score, _)| *score > 0).collect();
    // A stable sort: what fits equally keeps the order of the catalogue.
    scored.sort_by_key(|(score, _)| std::cmp::Reverse(*score));
    let best = scored.first().map_or(0, |it| it.0);
    scored.into_iter().filter(|(score, _)| *score * 4 >= best).map(|it| it.1).take(MOST).collect()
}

fn score(law: &Catalogue, function: &Function, wanted: &[String]) -> u32 {
    let in_text = |text: &str, weight: u32| {
        let words = tokens(text);
        let fit = |it: &String| words.iter().map(|word| likeness(it, word)).max().unwrap_or(0);
        weight * wanted.iter().map(fit).sum::<u32>()
    };
    let named = in_text(&function.title, 3).max(in_text(&function.id, 3)) + in_text(&function.about, 1);
    let by_category =
        law.categories.values().filter(|it| it.when.as_ref().is_some_and(|when| recognises(when, &function.id)));
    let category = by_category
        .map(|it| in_text(&it.title, 2).max(in_text(&it.included.join(" "), 1)) + abbreviated(&it.title, wanted))
        .max()
        .unwrap_or(0);
    named + category
}

/// `vpn` for virtual private network: initials of words that follow each other.
fn abbreviated(text: &str, wanted: &[String]) -> u32 {
    let initials: String = tokens(text).iter().filter_map(|it| it.chars().next()).collect();
    wanted.iter().map(|it| if (3..=5).contains(&it.len()) && initials.contains(it.as_str()) { 8 } else { 0 }).sum()
}

fn recognises(when: &conforme_catalogue::Condition, function: &str) -> bool {
    let mut found = false;
    when.visit(&mut |facts, comparison| {
        found |=
            facts.iter().any(|it| it == "core.does") && matches!(comparison, Comparison::Has(word) if word == function);
    });
    found
}

/// 4 for the same word, 3 for the same beginning (`router`, `routes`), 1 for what looks like a slip of the finger.
fn likeness(typed: &str, word: &str) -> u32 {
    let common = typed.chars().zip(word.chars()).take_while(|(left, right)| left == right).count();
    let shorter = typed.chars().count().min(word.chars().count());
    match () {
        () if typed == word => 4,
        () if common >= 4 && common + 2 >= shorter => 3,
        () if typed.chars().count() >= 5 && strsim::jaro_winkler(typed, word) > 0.93 => 1,
        () => 0,
    }
}

fn tokens(text: &str) -> Vec<String> {
    let words = text.to_lowercase();
    let words = words.split(|it: char| !it.is_alphanumeric()).filter(|it| it.len() > 1 && !STOP.contains(it));
    words.map(|it| it.strip_suffix('s').filter(|stem| stem.len() > 3).unwrap_or(it).to_owned()).collect()
}

#[cfg(test)]
mod tests {
    #[track_caller]
    fn check(typed: &str, among: &[&str]) {
        let law = conforme_law::catalogue();
        let found: Vec<&str> = super::search(&law, typed).iter().map(|it| it.id.as_str()).take(6).collect();
        for wanted in among {
            assert!(found.contains(wanted), "{typed}: {found:?}");
        }
    }

    #[test]
    fn plain_words_lead_to_functions() {
        check("router", &["route-between-networks"]);
        check("smart door lock", &["lock-and-unlock-doors"]);
        check("vpn", &["establish-encrypted-tunnel"]);
        check("password manager", &["store-passwords"]);
        check("thermostat heating", &["control-room-temperature"]);
        check("firewall", &["restrict-network-traffic"]);
        check("calculater", &["calculate"]);
        check("measure-consumption", &["measure-consumption"]);
        check("siem", &["correlate-events"]);
        check("web browser", &["let-users-browse-the-web"]);
    }

    #[test]
    fn nonsense_finds_nothing() {
        let law = conforme_law::catalogue();
        assert!(super::search(&law, "xyzzy").is_empty());
        assert!(super::search(&law, "").is_empty());
    }
}
