//! Writes files all together or not at all.
//!
//! Everything goes to new files beside the targets first; only when all of them lie safely on disk do they take their
//! names. What stood there before is kept aside until the last one has its name, and comes back when something fails.

use crate::failure::Failure;
use std::fs;
use std::io::{ErrorKind, Write};
use std::path::{Path, PathBuf};

/// A file to be written.
#[derive(Debug, Clone)]
pub(crate) struct Output {
    /// Where.
    pub path: PathBuf,
    /// What.
    pub text: String,
}

/// Writes all files. Without `replace` a file that exists stops everything, also one that appeared meanwhile.
pub(crate) fn write_all(outputs: &[Output], replace: bool) -> Result<(), Failure> {
    let mut work = Work::default();
    let done = work.stage(outputs).and_then(|()| work.commit(outputs, replace));
    if done.is_err() {
        work.undo();
    }
    work.clean();
    done
}

#[derive(Default)]
struct Work {
    folders: Vec<PathBuf>,
    new: Vec<PathBuf>,
    /// Old file and where it is kept.
    kept: Vec<(PathBuf, PathBuf)>,
    placed: Vec<PathBuf>,
}

impl Work {
    fn stage(&mut self, outputs: &[Output]) -> Result<(), Failure> {
        for output in outputs {
            let folder = output.path.parent().unwrap_or(Path::new("."));
            self.make(folder)?;
            let new = beside(&output.path, "new");
            // `create_new` follows no link that somebody put there.
            let mut file =
                fs::OpenOptions::new().write(true).create_new(true).open(&new).map_err(Failure::write(&output.path))?;
            self.new.push(new);
            file.write_all(output.text.as_bytes())
                .and_then(|()| file.sync_all())
                .map_err(Failure::write(&output.path))?;
        }
        Ok(())
    }

    fn commit(&mut self, outputs: &[Output], replace: bool) -> Result<(), Failure> {
        for (output, new) in outputs.iter().zip(self.new.clone()) {
            let path = &output.path;
            if let Ok(meta) = fs::symlink_metadata(path) {
                if meta.is_dir() || !replace {
                    let problem = if meta.is_dir() { "a folder has this name" } else { "it exists already" };
                    return Err(Failure::Write {
                        path: path.clone(),
                        source: std::io::Error::new(ErrorKind::AlreadyExists, problem),
                    });
                }
                let _ = fs::set_permissions(&new, meta.permissions());
                let kept = beside(path, "old");
                fs::rename(path, &kept).map_err(Failure::write(path))?;
                self.kept.push((path.clone(), kept));
            }
            fs::rename(&new, path).map_err(Failure::write(path))?;
            self.placed.push(path.clone());
        }
        Ok(())
    }

    /// Takes back what was done, newest first.
    fn undo(&mut self) {
        for path in self.placed.drain(..).rev() {
            let _ = fs::remove_file(path);
        }
        for (path, kept) in self.kept.drain(..).rev() {
            let _ = fs::rename(kept, path);
        }
        for new in self.new.drain(..) {
            let _ = fs::remove_file(new);
        }
        // Only folders that are empty go, and only those made here.
        for folder in self.folders.drain(..).rev() {
            let _ = fs::remove_dir(folder);
        }
    }

    fn clean(&mut self) {
        for (_, kept) in self.kept.drain(..) {
            let _ = fs::remove_file(kept);
        }
    }

    /// Makes a folder and those above it, and remembers which.
    fn make(&mut self, folder: &Path) -> Result<(), Failure> {
        let missing: Vec<&Path> =
            folder.ancestors().take_while(|it| !it.as_os_str().is_empty() && !it.exists()).collect();
        for folder in missing.into_iter().rev() {
            fs::create_dir(folder).map_err(Failure::write(folder))?;
            self.folders.push(folder.to_owned());
        }
        Ok(())
    }
}

fn beside(path: &Path, ending: &str) -> PathBuf {
    let name = path.file_name().map_or_else(Default::default, |it| it.to_string_lossy().into_owned());
    path.with_file_name(format!(".{name}.{}.{ending}", std::process::id()))
}

#[cfg(test)]
mod tests {
    use super::{Output, write_all};
    use std::fs;
    use std::path::Path;

    fn output(folder: &Path, name: &str, text: &str) -> Output {
        Output { path: folder.join(name), text: text.to_owned() }
    }

    fn names(folder: &Path) -> Vec<String> {
        let entries = fs::read_dir(folder).expect("can be listed");
        let mut names: Vec<String> =
            entries.map(|it| it.expect("entry").file_name().to_string_lossy().into_owned()).collect();
        names.sort();
        names
    }

    #[test]
    fn files_and_folders_appear_together() {
        let place = tempfile::tempdir().expect("folder");
        write_all(&[output(place.path(), "a", "1"), output(place.path(), "b/c/d", "2")], false).expect("written");
        assert_eq!(names(place.path()), ["a", "b"]);
        assert_eq!(fs::read_to_string(place.path().join("b/c/d")).expect("read"), "2");
    }

    #[test]
    fn a_failure_in_the_middle_leaves_everything_as_it_was() {
        let place = tempfile::tempdir().expect("folder");
        fs::write(place.path().join("a"), "old").expect("written");
        fs::create_dir(place.path().join("z")).expect("made");
        let outputs = [
            output(place.path(), "a", "new"),
            output(place.path(), "n/b", "new"),
            output(place.path(), "z", "a folder is here"),
        ];
        assert!(write_all(&outputs, true).is_err());
        assert_eq!(names(place.path()), ["a", "z"]);
        assert_eq!(fs::read_to_string(place.path().join("a")).expect("read"), "old");
    }

    #[test]
    fn nothing_is_replaced_unless_asked() {
        let place = tempfile::tempdir().expect("folder");
        fs::write(place.path().join("b"), "old").expect("written");
        let outputs = [output(place.path(), "a", "new"), output(place.path(), "b", "new")];
        assert!(write_all(&outputs, false).is_err());
        assert_eq!(names(place.path()), ["b"]);
        write_all(&outputs, true).expect("written");
        assert_eq!(fs::read_to_string(place.path().join("b")).expect("read"), "new");
        assert_eq!(names(place.path()), ["a", "b"]);
    }
}
