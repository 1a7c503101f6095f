//! Where the time of a check goes: catalogue, reading, judging. Medians of one process, without files and output.

#![allow(clippy::disallowed_methods, reason = "a benchmark looks at the clock")]

use conforme_core::evaluate::{Question, evaluate};
use conforme_core::files::{FileFact, FileFacts, wanted};
use conforme_core::load::load;
use conforme_core::source::SourceFile;
use jiff::civil::date;
use std::fmt::Write as _;
use std::time::Instant;

fn main() {
    let files = reference();
    let law = conforme_law::catalogue();
    let library = conforme_law::library_of(|_| false);
    let loaded = load(&law, &files, None);
    let mut facts = FileFacts::default();
    for path in wanted(&loaded.dossier, &loaded.sources).into_iter().filter_map(|it| it.path) {
        facts.insert(path, FileFact::Present { size: 1, sha256: "aa".into() });
    }
    report("decode the catalogue", || drop(conforme_law::catalogue()));
    report("read the dossier", || drop(load(&law, &files, None)));
    report("list the files it names", || drop(wanted(&loaded.dossier, &loaded.sources)));
    report("judge it", || {
        let question = Question {
            law: &law,
            loaded: &loaded,
            library: &library,
            files: &facts,
            release: None,
            variant: None,
            as_of: date(2028, 2, 1),
        };
        drop(evaluate(question));
    });
}

fn report(what: &str, mut work: impl FnMut()) {
    let mut taken: Vec<f64> = (0..20)
        .map(|_| {
            let begin = Instant::now();
            work();
            begin.elapsed().as_secs_f64() * 1000.0
        })
        .collect();
    taken.sort_by(f64::total_cmp);
    println!("{what:<28} {:>7.2} ms", taken[taken.len() / 2]);
}

/// 300 measures, 200 risks, 1,000 records of evidence, 3 releases.
fn reference() -> Vec<SourceFile> {
    let letters = ["b", "c", "d", "e", "f", "g", "h", "i", "j", "k", "l", "m"];
    let mut main = String::from(
        "format = 1\n[product]\nname = \"Reference\"\nkind = \"software\"\nconnection = \"direct\"\nmarkets = [\"IE\"]\n\
         [[function]]\ncore = true\ndoes = [\"keep-accounts\"]\n",
    );
    for release in 1..=3 {
        let _ = writeln!(main, "[[release]]\nversion = \"{release}.0\"\nplacing = 2028-0{}-01", release + 2);
    }
    let (mut measures, mut risks, mut evidence) = (String::new(), String::new(), String::new());
    for at in 0..300 {
        let _ = writeln!(
            measures,
            "[[measure]]\nid = \"M-{at}\"\ntitle = \"Measure {at}\"\nhow = \"What is done, in a sentence of usual length.\"\nstate = \"implemented\"\n\
             answers = [\"CRA-I-2-{}\", \"R-{}\"]\nevidence = [\"E-{}\", \"E-{}\", \"E-{}\"]",
            letters[at % letters.len()],
            at % 200,
            at * 3,
            at * 3 + 1,
            at * 3 + 2
        );
    }
    for at in 0..200 {
        let _ = writeln!(
            risks,
            "[[risk]]\nid = \"R-{at}\"\ntitle = \"Risk {at}\"\nlikelihood = \"medium\"\nimpact = \"high\"\nlevel = \"high\"\ntreatment = \"mitigate\"\n\
             measures = [\"M-{at}\"]\nresidual = \"low\""
        );
    }
    for at in 0..1_000 {
        let _ = writeln!(
            evidence,
            "[[evidence]]\nid = \"E-{at}\"\ntitle = \"Evidence {at}\"\nfile = \"evidence/{at}.txt\"\nsha256 = \"aa\"\nmade = 2027-12-01\n\
             kind = \"test report\"\nshows = \"that it works\"\nabout = \"release\"\nreleases = [\"1.0\", \"2.0\", \"3.0\"]\ntool = \"suite\"\nresult = \"passed\""
        );
    }
    let file = |path: &str, text: String| SourceFile { path: path.into(), text: text.into() };
    vec![
        file("conforme.toml", main),
        file("risk.toml", risks),
        file("measures.toml", measures),
        file("evidence.toml", evidence),
    ]
}
