//! What is wrong with a folder, said so that the author of a file can mend it.

use std::cell::RefCell;

/// One thing that is wrong, and where.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Problem {
    /// File below the folder, with `/`.
    pub file: String,
    /// Line, from 1.
    pub line: usize,
    /// What is wrong.
    pub text: String,
}

impl core::fmt::Display for Problem {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        write!(f, "{}:{}: {}", self.file, self.line, self.text)
    }
}

/// Gathers what is wrong with one folder.
#[derive(Debug, Default)]
pub(super) struct Report {
    problems: RefCell<Vec<Problem>>,
    warnings: RefCell<Vec<Problem>>,
}

impl Report {
    /// Notes an error: nothing of the folder will be taken.
    pub(super) fn error(&self, file: &str, line: usize, text: impl Into<String>) {
        let text = text.into();
        self.problems.borrow_mut().push(Problem {
            file: file.into(),
            line,
            text,
        });
    }

    /// Notes something to be looked at.
    pub(super) fn warning(&self, file: &str, line: usize, text: impl Into<String>) {
        let text = text.into();
        self.warnings.borrow_mut().push(Problem {
            file: file.into(),
            line,
            text,
        });
    }

    /// How many errors there are so far.
    pub(super) fn errors(&self) -> usize {
        self.problems.borrow().len()
    }

    /// Errors and warnings, each sorted by file and line.
    pub(super) fn into_parts(self) -> (Vec<Problem>, Vec<Problem>) {
        let sorted = |list: RefCell<Vec<Problem>>| {
            let mut list = list.into_inner();
            list.sort();
            list.dedup();
            list
        };
        (sorted(self.problems), sorted(self.warnings))
    }
}
