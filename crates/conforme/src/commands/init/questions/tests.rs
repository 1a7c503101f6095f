//! Questions, catalogue and schema speak of the same things.

use super::{ALL, Docs, Kind};
use conforme_catalogue::Id;
use std::collections::BTreeSet;

#[test]
fn questions_name_what_the_catalogue_knows() {
    let law = conforme_law::catalogue();
    let docs = Docs::new(&law);
    let keys: BTreeSet<&str> = ALL.iter().map(|it| it.key).collect();
    assert_eq!(keys.len(), ALL.len(), "a key is asked twice");
    for question in ALL {
        let behind = question.behind;
        assert!(
            behind.is_empty() || law.provision(behind).is_some() || law.terms.contains_key(&Id::from(behind)),
            "{behind}"
        );
        let words = question.allowed(&law, &docs);
        let closed = matches!(question.kind, Kind::Word | Kind::Words | Kind::Functions);
        assert_eq!(closed, !words.is_empty(), "{}", question.key);
        assert!(!question.more(&law, &docs).is_empty(), "{}", question.key);
    }
}

#[test]
fn words_of_roles_and_procedures_are_those_of_the_dossier() {
    let law = conforme_law::catalogue();
    let docs = Docs::new(&law);
    for (key, words) in [("role", &super::ROLES), ("route.module", &super::MODULES)] {
        let ours: BTreeSet<String> = words.iter().map(|(word, _)| (*word).to_owned()).collect();
        assert_eq!(ours, docs.words(key).into_iter().collect(), "{key}");
    }
}
