//! A throw-away repository with a dossier in it, and the program run inside.

use std::fs;
use std::path::Path;
use std::process::{Command, Output};
use tempfile::TempDir;

/// The dossier that passes every gate, shared with the tests of the engine.
pub const PASSING: &str = include_str!("../../../conforme-core/tests/it/fixtures/passing.toml");
/// A day on which it passes.
pub const ON: &str = "2028-01-08";

pub struct World {
    folder: TempDir,
}

impl World {
    /// An empty git repository.
    pub fn new() -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        fs::create_dir(folder.path().join(".git")).expect("a repository");
        Self { folder }
    }

    /// A repository with the passing dossier and the files it names.
    pub fn passing() -> Self {
        let world = Self::new();
        world.passing_in("");
        world
    }

    /// Puts the passing dossier into a folder.
    pub fn passing_in(&self, folder: &str) {
        let at = |name: &str| if folder.is_empty() { name.to_owned() } else { format!("{folder}/{name}") };
        for name in ["sbom/desktop.json", "sbom/backup.json", "sbom/desktop-scan.json", "sbom/backup-scan.json"] {
            self.write(&at(name), "{}\n");
        }
        self.write(&at("evidence/tests.xml"), "{}\n");
        self.write(&at("evidence/review.md"), "{}\n");
        self.write(&at("SECURITY.md"), "Write to security@linden.example.\n");
        // SHA-256 of "{}\n".
        let hash = "ca3d163bab055381827226140568f3bef7eaac187cebd76878e0b63e9e442356";
        self.write(&at("conforme.toml"), &PASSING.replace("sha256 = \"aa\"", &format!("sha256 = \"{hash}\"")));
    }

    pub fn path(&self) -> &Path {
        self.folder.path()
    }

    pub fn write(&self, name: &str, text: &str) {
        self.write_bytes(name, text.as_bytes());
    }

    pub fn write_bytes(&self, name: &str, bytes: &[u8]) {
        let path = self.path().join(name);
        fs::create_dir_all(path.parent().expect("a parent")).expect("folders");
        fs::write(path, bytes).expect(name);
    }

    pub fn read(&self, name: &str) -> String {
        fs::read_to_string(self.path().join(name)).expect(name)
    }

    /// Replaces one stretch of a file.
    #[track_caller]
    pub fn change(&self, name: &str, from: &str, to: &str) {
        let text = self.read(name);
        assert_eq!(text.matches(from).count(), 1, "{from}");
        self.write(name, &text.replacen(from, to, 1));
    }

    pub fn run(&self, arguments: &[&str]) -> Ran {
        let output = Command::new(env!("CARGO_BIN_EXE_conforme"))
            .args(arguments)
            .current_dir(self.path())
            .env("NO_COLOR", "1")
            .env_remove("CI")
            .output()
            .expect("the program runs");
        Ran { output }
    }
}

pub struct Ran {
    output: Output,
}

impl Ran {
    pub fn code(&self) -> i32 {
        self.output.status.code().expect("it was not killed")
    }

    pub fn out(&self) -> String {
        String::from_utf8(self.output.stdout.clone()).expect("standard output is text")
    }

    pub fn err(&self) -> String {
        String::from_utf8(self.output.stderr.clone()).expect("standard error is text")
    }

    #[track_caller]
    pub fn json(&self) -> serde_json::Value {
        serde_json::from_slice(&self.output.stdout)
            .unwrap_or_else(|error| panic!("{error}: {}{}", self.out(), self.err()))
    }

    /// Codes of findings in JSON v1.
    #[track_caller]
    pub fn codes(&self) -> Vec<String> {
        let json = self.json();
        let findings = json["findings"].as_array().expect("findings");
        findings.iter().map(|it| it["code"].as_str().expect("code").to_owned()).collect()
    }
}
