//! Where documents go beside the output: files, replaced as a whole, and the summary of a step of GitHub Actions.

use std::fs::{self, File, OpenOptions};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use crate::render::{FORMATS, Format};

/// A file for the findings, and its format.
#[derive(Debug, Clone)]
pub(super) struct Target {
    pub(super) format: &'static Format,
    pub(super) file: PathBuf,
}

/// Reads `FORMAT=FILE`.
pub(super) fn target(text: &str) -> Result<Target, String> {
    let (name, file) = text.split_once('=').filter(|(_, file)| !file.is_empty()).ok_or("it is written FORMAT=FILE")?;
    let names = || FORMATS.iter().map(|format| format.name).collect::<Vec<_>>().join(", ");
    let format = Format::find(name).ok_or_else(|| format!("there is no format `{name}`. There are: {}", names()))?;
    Ok(Target { format, file: PathBuf::from(file) })
}

/// Writes a file as a whole: whoever reads it meanwhile sees what it was before.
pub(super) fn replace(path: &Path, bytes: &[u8]) -> io::Result<()> {
    replace_if(path, bytes, |_| Ok(()))
}

/// The same, when nothing speaks against it at the last moment, just before the file becomes another one.
pub(super) fn replace_if(path: &Path, bytes: &[u8], may: impl FnOnce(&Path) -> io::Result<()>) -> io::Result<()> {
    // A link stays one, and what is no file, such as a pipe or a device, cannot be replaced.
    let path = path.canonicalize().unwrap_or_else(|_| path.to_owned());
    let folder = path.parent().unwrap_or(Path::new("."));
    if !folder.is_dir() {
        return Err(io::Error::other(format!("there is no folder {}", folder.display())));
    }
    if path.is_dir() {
        return Err(io::Error::other("it is a folder"));
    }
    if path.exists() && !path.is_file() {
        return OpenOptions::new().write(true).open(&path)?.write_all(bytes);
    }
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    let next = folder.join(format!(".{name}.{}.tmp", std::process::id()));
    let ready = write(&next, bytes).and_then(|()| keep_permissions(&path, &next));
    let written = ready.and_then(|()| may(&path)).and_then(|()| fs::rename(&next, &path));
    if written.is_err() {
        let _ = fs::remove_file(&next);
    }
    written
}

fn write(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let mut file = File::create(path)?;
    file.write_all(bytes)?;
    file.sync_all()
}

fn keep_permissions(old: &Path, new: &Path) -> io::Result<()> {
    match fs::metadata(old) {
        Ok(metadata) => fs::set_permissions(new, metadata.permissions()),
        Err(_) => Ok(()),
    }
}

/// Adds to the end of a file.
pub(super) fn append(path: &Path, bytes: &[u8]) -> io::Result<()> {
    OpenOptions::new().create(true).append(true).open(path)?.write_all(bytes)
}
