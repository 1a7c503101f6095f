//! What is found in folders of the usual kinds.

use super::git::web_address;
use super::{Found, licence_of, look};
use crate::commands::init::values::Offer;
use crate::repository::Repository;
use std::fs;

#[track_caller]
fn folder(files: &[(&str, &str)], product: &str) -> Found {
    let place = tempfile::tempdir().expect("folder");
    for (name, text) in files {
        let path = place.path().join(name);
        fs::create_dir_all(path.parent().expect("parent")).expect("made");
        fs::write(path, text).expect("written");
    }
    let root = fs::canonicalize(place.path()).expect("real path");
    look(&Repository { root: root.clone() }, &root.join(product))
}

#[track_caller]
fn check(found: &Found, key: &str, sure: bool, value: &str, origin: &str) {
    let offer = found.offer(key).unwrap_or_else(|| panic!("nothing found for {key}"));
    assert_eq!(matches!(offer, Offer::Default(_)), sure, "{key}");
    assert_eq!(offer.given().value.typed(), value);
    assert_eq!(offer.given().origin.comment().as_deref(), Some(origin));
}

#[test]
fn a_cargo_member_takes_over_what_its_workspace_says() {
    let root = "[workspace.package]\nversion = \"2.1.0\"\nlicense = \"MIT OR Apache-2.0\"\nauthors = [\"Acme GmbH <info@acme.example>\"]\n";
    let member = "[package]\nname = \"bell\"\nversion.workspace = true\nlicense.workspace = true\nauthors.workspace = true\ndescription = \"A\\nbell\"\n";
    let found = folder(&[("Cargo.toml", root), ("crates/bell/Cargo.toml", member)], "crates/bell");
    check(&found, "product.name", true, "bell", "from Cargo.toml, package.name");
    check(&found, "release.version", true, "2.1.0", "from Cargo.toml, package.version");
    check(&found, "product.description", true, "A bell", "from Cargo.toml, package.description");
    check(&found, "licence.open_source", true, "yes", "from Cargo.toml, package.license (MIT OR Apache-2.0)");
    check(
        &found,
        "manufacturer.name",
        false,
        "Acme GmbH",
        "from Cargo.toml, package.authors; is this the manufacturer?",
    );
    check(&found, "manufacturer.email", false, "info@acme.example", "from Cargo.toml, package.authors");
}

#[test]
fn npm_python_and_go_are_read() {
    let found = folder(
        &[(
            "package.json",
            r#"{"name": "@acme/bell", "version": "1.2.3", "license": "UNLICENSED", "author": {"name": "A", "email": "a@b.example"}}"#,
        )],
        "",
    );
    check(&found, "product.name", true, "bell", "from package.json, name");
    check(&found, "manufacturer.email", false, "a@b.example", "from package.json, authors");
    assert_eq!(found.offer("licence.open_source"), None);
    let found = folder(
        &[("pyproject.toml", "[project]\nname = \"bell\"\nversion = \"3\"\nlicense = { text = \"EUPL-1.2\" }\n")],
        "",
    );
    check(&found, "release.version", true, "3", "from pyproject.toml, project.version");
    check(&found, "licence.open_source", true, "yes", "from pyproject.toml, project.license (EUPL-1.2)");
    let found = folder(&[("pyproject.toml", "[tool.poetry]\nname = \"bell\"\nauthors = [\"B <b@c.example>\"]\n")], "");
    check(
        &found,
        "manufacturer.name",
        false,
        "B",
        "from pyproject.toml, tool.poetry.authors; is this the manufacturer?",
    );
    let found = folder(&[("go.mod", "module github.com/acme/bell/v2\n\ngo 1.24\n")], "");
    check(&found, "product.name", true, "bell", "from go.mod, module");
    assert_eq!(found.repository.as_deref(), Some("https://github.com/acme/bell"));
}

#[test]
fn security_files_give_policy_and_contact() {
    let text =
        "# hello\nContact: mailto:psirt@acme.example\nContact: https://x.example\nExpires: 2030-01-01T00:00:00Z\n";
    let found = folder(
        &[("SECURITY.md", "# Policy"), (".well-known/security.txt", text), ("a/README.md", "# Door *bell*\n")],
        "a",
    );
    check(
        &found,
        "vulnerability_handling.contact",
        true,
        "psirt@acme.example",
        "from ../.well-known/security.txt, Contact",
    );
    check(
        &found,
        "vulnerability_handling.policy",
        true,
        "../SECURITY.md",
        "from ../SECURITY.md; read whether it is such a policy",
    );
    check(&found, "product.name", false, "Door *bell*", "from README.md, its title");
}

#[test]
fn sboms_are_told_by_what_they_say_they_are() {
    let files = [
        ("sbom/a.cdx.json", r#"{"bomFormat": "CycloneDX", "specVersion": "1.6", "components": [{}]}"#),
        ("b.spdx.json", r#"{"spdxVersion": "SPDX-2.3"}"#),
        ("bom.json", "[]"),
        ("other.json", r#"{"spdxVersion": "SPDX-2.3"}"#),
    ];
    let found = folder(&files, "");
    let all: Vec<(&str, &str)> = found.sboms.iter().map(|it| (it.file.as_str(), it.format.as_str())).collect();
    assert_eq!(all, [("sbom/a.cdx.json", "CycloneDX 1.6"), ("b.spdx.json", "SPDX 2.3")]);
    assert_eq!(found.sboms[0].sha256.len(), 64);
}

#[test]
fn remotes_become_addresses_without_passwords() {
    for (remote, address) in [
        ("git@github.com:acme/bell.git", Some("https://github.com/acme/bell")),
        ("ssh://git@git.acme.example:2222/acme/bell.git", Some("https://git.acme.example/acme/bell")),
        ("https://user:secret@github.com/acme/bell", Some("https://github.com/acme/bell")),
        ("/srv/git/bell", None),
        ("file:///srv/git/bell", None),
        ("C:/bell", None),
        ("https://a.example/\u{1b}[31m", None),
    ] {
        assert_eq!(web_address(remote).as_deref(), address, "{remote}");
    }
    let found = folder(
        &[(
            ".git/config",
            "[remote \"other\"]\n\turl = x\n[remote \"origin\"]\n\turl = git@github.com:acme/bell.git\n",
        )],
        "",
    );
    assert_eq!(found.repository.as_deref(), Some("https://github.com/acme/bell"));
    check(&found, "product.name", false, "bell", "from the git remote");
}

#[test]
fn only_clear_licences_are_named() {
    let mit = "MIT License\n\nPermission is hereby granted, free of charge, to any person ... sublicense ... THE SOFTWARE IS PROVIDED \"AS IS\"";
    assert_eq!(licence_of(mit), Some("MIT"));
    assert_eq!(licence_of("Apache License\n  Version 2.0, January 2004\n"), Some("Apache-2.0"));
    assert_eq!(licence_of("GNU GENERAL PUBLIC LICENSE\nVersion 3, 29 June 2007"), Some("GPL-3.0"));
    let bsd =
        "Redistribution and use in source and binary forms, with or without modification, are permitted provided that";
    assert_eq!(licence_of(bsd), Some("BSD-2-Clause"));
    assert_eq!(licence_of("All rights reserved."), None);
}
