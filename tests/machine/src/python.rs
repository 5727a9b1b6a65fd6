//! Programs of another make, in Python: each set of packages in a place of its own.

use std::fs;
use std::path::PathBuf;
use std::process::Command;

use crate::alone::{alone, folder};
use crate::{Trouble, install, output};

/// A Python with packages of its own.
#[derive(Clone, Copy, Debug)]
pub struct Python {
    /// What tells it from others.
    pub name: &'static str,
    /// The packages, each with its version, as in a `requirements.txt`.
    pub packages: &'static str,
    /// Packages that come without what they ask for: only their files are wanted.
    pub files_of: &'static str,
}

impl Python {
    /// The folder that `bin/python` and the packages' programs are in. The first to ask makes it.
    ///
    /// # Errors
    /// When there is no Python and none can be installed, or a package cannot be had.
    pub fn home(&self) -> Result<PathBuf, Trouble> {
        let _alone = alone(self.name)?;
        let home = folder().join(self.name);
        let (done, wanted) =
            (home.join("done.txt"), format!("{}---\n{}", self.packages, self.files_of));
        // Written last, so that one that was cut short is made anew.
        if fs::read_to_string(&done).is_ok_and(|done| done == wanted) {
            return Ok(home);
        }
        let make = || {
            let _ = fs::remove_dir_all(&home);
            output(Command::new("python3").args(["-m", "venv"]).arg(&home))
        };
        if make().is_err() {
            install("python3-venv")?;
            make()?;
        }
        for (packages, options) in [(self.packages, &[][..]), (self.files_of, &["--no-deps"])] {
            if packages.trim().is_empty() {
                continue;
            }
            let list = home.join("requirements.txt");
            fs::write(&list, packages)?;
            let mut pip = Command::new(home.join("bin/python"));
            pip.args(["-m", "pip", "install", "--quiet", "--disable-pip-version-check"])
                .args(options);
            output(pip.arg("--requirement").arg(list))?;
        }
        fs::write(&done, wanted)?;
        Ok(home)
    }

    /// The interpreter.
    ///
    /// # Errors
    /// As [`Python::home`].
    pub fn interpreter(&self) -> Result<PathBuf, Trouble> {
        Ok(self.home()?.join("bin/python"))
    }
}
