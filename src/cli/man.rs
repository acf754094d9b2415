//! `mixlint man`.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use clap_mangen::Man as Page;

use super::{Exit, Streams, output};
use crate::discover;
use crate::suggest;

/// Arguments of `mixlint man`.
#[derive(Debug, clap::Args)]
pub(super) struct Man {
    /// The command; mixlint itself when none is named
    command: Option<String>,
    /// Write the pages of all commands into this folder, which is made if it is not there
    #[arg(long, value_name = "DIR", conflicts_with = "command")]
    dir: Option<PathBuf>,
}

impl Man {
    pub(super) fn run(&self, mut command: clap::Command, streams: &mut Streams<'_>) -> io::Result<Exit> {
        command.build();
        let mut pages = vec![("mixlint".to_owned(), command.clone())];
        // The pages of commands are named as those of git are, and `man mixlint check` finds them.
        pages.extend(command.get_subcommands().map(|one| {
            let title = format!("mixlint-{}", one.get_name());
            (title.clone(), one.clone().display_name(title))
        }));
        if let Some(dir) = &self.dir {
            return write(&streams.working_directory.join(dir), pages, streams);
        }
        let name = self.command.as_deref();
        let wanted = name.map_or_else(|| "mixlint".to_owned(), |name| format!("mixlint-{name}"));
        let names: Vec<String> = command.get_subcommands().map(|one| one.get_name().to_owned()).collect();
        match pages.into_iter().find(|(title, _)| *title == wanted) {
            Some((_, page)) => {
                streams.out.write_all(&render(page)?)?;
                Ok(Exit::Clean)
            }
            None => {
                let name = name.unwrap_or_default();
                let perhaps = match suggest::nearest(name, names.iter().map(String::as_str)) {
                    Some(near) => format!("Did you mean `{near}`?"),
                    None => format!("There are: {}.", names.join(", ")),
                };
                writeln!(streams.err, "mixlint: there is no command `{name}`. {perhaps}")?;
                Ok(Exit::Usage)
            }
        }
    }
}

fn write(folder: &Path, pages: Vec<(String, clap::Command)>, streams: &mut Streams<'_>) -> io::Result<Exit> {
    let mut failed = fs::create_dir_all(folder).err().map(|error| (folder.to_owned(), error));
    for (title, page) in pages {
        let path = folder.join(format!("{title}.1"));
        if failed.is_none() {
            failed = output::replace(&path, &render(page)?).err().map(|error| (path, error));
        }
    }
    let Some((path, error)) = failed else { return Ok(Exit::Clean) };
    let shown = discover::shown(&path, &streams.working_directory);
    writeln!(streams.err, "mixlint: {shown}: {}", discover::reason(&error))?;
    Ok(Exit::Usage)
}

fn render(command: clap::Command) -> io::Result<Vec<u8>> {
    let mut page = Vec::new();
    Page::new(command).render(&mut page)?;
    Ok(page)
}
