//! How long a cold `check` takes, and how much memory: on the reference dossier (300 measures, 200 risks, 1,000 records
//! of evidence, 3 releases) and on a workspace of 2,000 small products. `cargo bench -p conforme` runs it.
//!
//! Every figure is the median of whole processes, warm page cache. Memory is what GNU time reports; without it the line
//! says so.

use std::fmt::Write as _;
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};
use std::{fs, io};

const BINARY: &str = env!("CARGO_BIN_EXE_conforme");

fn main() -> io::Result<()> {
    let folder = tempfile::tempdir()?;
    let reference = folder.path().join("reference");
    reference_dossier(&reference)?;
    let small = folder.path().join("small");
    workspace(&small, 2_000)?;

    report("start (`--version`)", 20, &["--version"], folder.path())?;
    let check = ["check", ".", "--on", "2028-02-01", "--format", "json"];
    report("check, reference dossier, nothing remembered", 1, &check, &reference)?;
    report("check, reference dossier, hashes remembered", 20, &check, &reference)?;
    report(
        "check, reference dossier, every file hashed",
        10,
        &["check", ".", "--on", "2028-02-01", "--format", "json", "--rehash"],
        &reference,
    )?;
    report("check --all, 2,000 small products", 3, &["check", ".", "--all", "--on", "2028-02-01"], &small)?;
    report("build, reference dossier, all documents", 3, &["build", ".", "--on", "2028-02-01"], &reference)?;
    Ok(())
}

fn report(what: &str, times: usize, arguments: &[&str], folder: &Path) -> io::Result<()> {
    let mut taken: Vec<Duration> = Vec::new();
    for _ in 0..times {
        let begin = Instant::now();
        Command::new(BINARY)
            .args(arguments)
            .current_dir(folder)
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .status()?;
        taken.push(begin.elapsed());
    }
    taken.sort();
    let median = taken[taken.len() / 2].as_secs_f64() * 1000.0;
    let memory = Command::new("/usr/bin/time")
        .args(["-f", "%M", BINARY])
        .args(arguments)
        .current_dir(folder)
        .stdout(Stdio::null())
        .output();
    let memory =
        memory.ok().and_then(|it| String::from_utf8_lossy(&it.stderr).lines().last()?.trim().parse::<f64>().ok());
    let memory = memory.map_or("memory not measured".to_owned(), |it| format!("{:.0} MB", it / 1024.0));
    println!("{what:<52} {median:>9.1} ms  {memory}");
    Ok(())
}

/// A dossier of the size the design promises to judge at once.
fn reference_dossier(folder: &Path) -> io::Result<()> {
    fs::create_dir_all(folder.join("evidence"))?;
    fs::create_dir_all(folder.join(".git"))?;
    let mut main = String::from(
        "format = 1\n[manufacturer]\nname = \"Reference Ltd\"\naddress = \"Street 1, Town\"\nemail = \"a@reference.example\"\n\
         [product]\nname = \"Reference\"\nkind = \"software\"\nconnection = \"direct\"\nmarkets = [\"IE\"]\n\
         [[function]]\ntitle = \"core\"\ncore = true\ndoes = [\"keep-accounts\"]\n",
    );
    for release in 1..=3 {
        let _ = writeln!(main, "[[release]]\nversion = \"{release}.0\"\nplacing = 2028-0{}-01\n", release + 2);
    }
    fs::write(folder.join("conforme.toml"), main)?;

    let letters = ["b", "c", "d", "e", "f", "g", "h", "i", "j", "k", "l", "m"];
    let mut measures = String::new();
    for at in 0..300 {
        let _ = writeln!(
            measures,
            "[[measure]]\nid = \"M-{at}\"\ntitle = \"Measure {at}\"\nhow = \"What is done in place {at}, in a sentence of usual length.\"\n\
             state = \"implemented\"\nanswers = [\"CRA-I-2-{}\", \"R-{}\"]\nevidence = [\"E-{}\", \"E-{}\", \"E-{}\"]\nowner = \"Team {}\"\n",
            letters[at % letters.len()],
            at % 200,
            at * 3,
            at * 3 + 1,
            at * 3 + 2,
            at % 7
        );
    }
    fs::write(folder.join("measures.toml"), measures)?;

    let mut risks = String::from(
        "[criteria]\nmethod = \"three levels\"\nacceptable = \"low\"\naccepting_roles = [\"officer\"]\n[[asset]]\nid = \"A\"\ntitle = \"Asset\"\n\
         [[threat]]\nid = \"T\"\ntitle = \"Threat\"\nassets = [\"A\"]\n",
    );
    for at in 0..200 {
        let _ = writeln!(
            risks,
            "[[risk]]\nid = \"R-{at}\"\ntitle = \"Risk {at}, described in a line of words\"\nthreats = [\"T\"]\nassets = [\"A\"]\n\
             likelihood = \"medium\"\nimpact = \"high\"\nlevel = \"high\"\ntreatment = \"mitigate\"\nmeasures = [\"M-{at}\"]\nresidual = \"low\"\n"
        );
    }
    fs::write(folder.join("risk.toml"), risks)?;

    let mut evidence = String::new();
    for at in 0..1_000 {
        let name = format!("evidence/{at}.txt");
        let text = format!("evidence {at}\n").repeat(200);
        fs::write(folder.join(&name), &text)?;
        let hash = conforme_catalogue::sha256(text.as_bytes());
        let _ = writeln!(
            evidence,
            "[[evidence]]\nid = \"E-{at}\"\ntitle = \"Evidence {at}\"\nfile = \"{name}\"\nsha256 = \"{hash}\"\nmade = 2027-12-01\nkind = \"test report\"\n\
             shows = \"that measure {} works\"\nabout = \"release\"\nreleases = [\"1.0\", \"2.0\", \"3.0\"]\ntool = \"suite 4\"\nresult = \"passed\"\n",
            at / 3
        );
    }
    fs::write(folder.join("evidence.toml"), evidence)
}

fn workspace(folder: &Path, products: usize) -> io::Result<()> {
    fs::create_dir_all(folder.join(".git"))?;
    fs::write(folder.join("conforme.toml"), "[workspace]\nmembers = [\"products/*\"]\n")?;
    fs::write(
        folder.join("company.toml"),
        "[manufacturer]\nname = \"Group\"\naddress = \"Street 1\"\nemail = \"a@group.example\"\n",
    )?;
    for at in 0..products {
        let product = folder.join(format!("products/p{at:04}"));
        fs::create_dir_all(&product)?;
        let text = format!(
            "format = 1\n[product]\nname = \"Product {at}\"\nkind = \"software\"\nconnection = \"direct\"\nmarkets = [\"IE\"]\n\
             [[function]]\ntitle = \"core\"\ncore = true\ndoes = [\"keep-accounts\"]\n[[release]]\nversion = \"1.0\"\nplacing = 2028-03-01\n\
             [[measure]]\nid = \"M\"\ntitle = \"Measure\"\nstate = \"implemented\"\nanswers = [\"CRA-I-2-d\"]\n"
        );
        fs::write(product.join("conforme.toml"), text)?;
    }
    Ok(())
}
