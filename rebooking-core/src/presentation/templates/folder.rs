//! A host's folder of templates.

use std::path::Path;
use std::{fs, io};

use super::TemplateFault;

type File = Result<(String, String), TemplateFault>;

/// Path and content of every file below a folder, sorted. Names that begin with a dot or end with
/// `~` are the system's or an editor's.
pub(super) fn files(folder: &Path) -> Vec<File> {
    let mut files = Vec::new();
    collect(folder, "", &mut files);
    files.sort_by(|one, other| path(one).cmp(path(other)));
    files
}

fn path(file: &File) -> &str {
    match file {
        Ok((path, _)) => path,
        Err(fault) => &fault.template,
    }
}

fn collect(folder: &Path, prefix: &str, files: &mut Vec<File>) {
    let unreadable =
        |name: &str, error: &io::Error| Err(TemplateFault::new(name, error.to_string()));
    let entries = match fs::read_dir(folder) {
        Ok(entries) => entries,
        Err(error) => return files.push(unreadable(prefix, &error)),
    };
    for entry in entries {
        let entry = match entry {
            Ok(entry) => entry,
            Err(error) => {
                files.push(unreadable(prefix, &error));
                continue;
            }
        };
        let name = entry.file_name().to_string_lossy().into_owned();
        if name.starts_with('.') || name.ends_with('~') {
            continue;
        }
        let (name, path) = (format!("{prefix}{name}"), entry.path());
        if path.is_dir() {
            collect(&path, &format!("{name}/"), files);
        } else {
            let source = fs::read_to_string(&path);
            files.push(match source {
                Ok(source) => Ok((name, source)),
                Err(error) => unreadable(&name, &error),
            });
        }
    }
}
