//! What each story of a harness told, kept in a file as it is told: a run that was stopped, or was meant to be
//! short, is gone on with by `--resume`. A journal counts for the programs that it was written with, and no others.

use std::collections::BTreeMap;
use std::fs::{self, File, OpenOptions};
use std::io::{BufRead, BufReader, Write};
use std::path::Path;
use std::sync::Mutex;

use bantin_model::id::Hash;
use bantin_tests::programs::programs;
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use serde_json::Value;

/// The stories of one harness and seed.
#[derive(Default)]
pub struct Journal {
    /// None: what is told is not kept.
    file: Option<Mutex<File>>,
    told: BTreeMap<u64, Result<Value, String>>,
}

/// The first line: what wrote the rest.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
struct Title {
    harness: String,
    seed: u64,
    programs: String,
}

/// Every other line.
#[derive(Serialize, Deserialize)]
struct Line {
    number: u64,
    told: Result<Value, String>,
}

impl Journal {
    /// The journal of `harness` in `folder`; empty unless `resume` and the same `built` programs wrote it.
    pub fn open(folder: &Path, harness: &str, seed: u64, built: &[&str], resume: bool) -> Self {
        let title = Title {
            harness: harness.into(),
            seed,
            programs: fingerprint(built),
        };
        Self::of(
            &folder.join(format!("{harness}-{seed}.jsonl")),
            &title,
            resume,
        )
    }

    fn of(path: &Path, title: &Title, resume: bool) -> Self {
        let told = if resume { read(path, title) } else { None };
        let mut open = OpenOptions::new();
        match told {
            Some(_) => open.append(true),
            None => open.write(true).truncate(true).create(true),
        };
        let mut file = open.open(path).expect("a journal can be written");
        if told.is_none() {
            write(&mut file, title);
        } else {
            // The last line may be torn; whatever follows begins a line of its own.
            file.write_all(b"\n").expect("a journal can be written");
        }
        Self {
            file: Some(Mutex::new(file)),
            told: told.unwrap_or_default(),
        }
    }

    /// What was told in earlier sittings, by number. What no longer reads is as if it had not been told.
    pub fn told<T: DeserializeOwned>(&self) -> BTreeMap<u64, Result<T, String>> {
        let stories = self.told.iter().filter_map(|(number, told)| {
            let told = match told {
                Ok(value) => Ok(serde_json::from_value(value.clone()).ok()?),
                Err(what) => Err(what.clone()),
            };
            Some((*number, told))
        });
        stories.collect()
    }

    /// Writes down what story `number` told.
    pub fn write<T: Serialize>(&self, number: u64, told: &Result<T, String>) {
        let Some(file) = &self.file else { return };
        let told = match told {
            Ok(value) => Ok(serde_json::to_value(value).expect("what is told is JSON")),
            Err(what) => Err(what.clone()),
        };
        write(&mut file.lock().unwrap(), &Line { number, told });
    }
}

fn write(file: &mut File, line: &impl Serialize) {
    let mut text = serde_json::to_vec(line).expect("a line is JSON");
    text.push(b'\n');
    file.write_all(&text).expect("a journal can be written");
}

/// The stories of a journal whose title is `title`.
fn read(path: &Path, title: &Title) -> Option<BTreeMap<u64, Result<Value, String>>> {
    let mut lines = BufReader::new(File::open(path).ok()?)
        .lines()
        .map_while(Result::ok);
    let found: Title = serde_json::from_str(&lines.next()?).ok()?;
    if found != *title {
        eprintln!(
            "{}: written with other programs, so it begins anew",
            path.display()
        );
        return None;
    }
    let stories = lines.filter_map(|line| serde_json::from_str::<Line>(&line).ok());
    Some(stories.map(|line| (line.number, line.told)).collect())
}

/// One name for the programs as they are built now.
fn fingerprint(built: &[&str]) -> String {
    let mut all = Vec::new();
    for name in built {
        let bytes = fs::read(programs().join(name))
            .unwrap_or_else(|_| panic!("{name} is missing; `./x soak` builds it first"));
        all.extend(Hash::of(&bytes).0);
    }
    Hash::of(&all).to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn title(programs: &str) -> Title {
        Title {
            harness: "kills".into(),
            seed: 1,
            programs: programs.into(),
        }
    }

    #[test]
    fn a_sitting_goes_on_where_the_last_one_was_killed() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("kills-1.jsonl");
        let first = Journal::of(&path, &title("monday"), true);
        first.write(3, &Ok(7_u32));
        first.write(5, &Err::<u32, _>("the letter is gone".into()));
        drop(first);
        let mut torn = OpenOptions::new().append(true).open(&path).unwrap();
        torn.write_all(b"{\"number\":9,\"to").unwrap();
        let second = Journal::of(&path, &title("monday"), true);
        second.write(4, &Ok(8_u32));
        drop(second);
        let told = Journal::of(&path, &title("monday"), true).told::<u32>();
        let wanted = [
            (3, Ok(7)),
            (4, Ok(8)),
            (5, Err("the letter is gone".to_owned())),
        ];
        assert_eq!(
            told,
            BTreeMap::from(wanted),
            "a finding stays one, and what was torn is told again"
        );
    }

    #[test]
    fn what_other_programs_did_proves_nothing() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("kills-1.jsonl");
        Journal::of(&path, &title("monday"), true).write(3, &Ok(7_u32));
        let other = Journal::of(&path, &title("tuesday"), true);
        assert!(other.told::<u32>().is_empty(), "a new build begins anew");
        let asked = Journal::of(&path, &title("tuesday"), false);
        assert!(asked.told::<u32>().is_empty(), "so does who did not ask");
    }
}
