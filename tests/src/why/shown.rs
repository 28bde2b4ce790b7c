//! What the pages of the examples show is what their commands print.

use std::fs;
use std::path::Path;

use crate::examples::{files, folder};

#[test]
fn the_pages_of_the_examples_show_what_their_commands_print() {
    let mut compared = 0;
    for path in files(&folder(), &["md"]) {
        let page = fs::read_to_string(&path).unwrap();
        for (command, shown) in commands(&page) {
            let printed = printed(command, path.parent().unwrap());
            assert!(
                printed.contains(shown.trim_end()),
                "{}: `{command}` prints\n{printed}",
                path.display()
            );
            compared += 1;
        }
    }
    println!("{compared} commands");
    assert!(compared >= 4, "{compared}");
}

/// Each block of one command that a block of text follows.
fn commands(page: &str) -> Vec<(&str, &str)> {
    let blocks: Vec<&str> = page.split("```").collect();
    let pairs = blocks.windows(3).filter_map(|pair| match pair {
        [command, between, text] if between.trim().is_empty() => {
            let command = command.strip_prefix("sh\n")?.trim();
            let text = text.strip_prefix("text\n")?;
            (command.lines().count() == 1).then_some((command, text))
        }
        _ => None,
    });
    pairs.collect()
}

/// What a command prints in a folder.
fn printed(command: &str, folder: &Path) -> String {
    let arguments = command.split_whitespace().map(|argument| {
        let path = folder.join(argument);
        if path.is_file() { path.into_os_string() } else { argument.into() }
    });
    let (mut output, mut errors) = (Vec::new(), Vec::new());
    let arguments: Vec<std::ffi::OsString> = arguments.collect();
    let code = apportion_cli::run(arguments, &mut "".as_bytes(), &mut output, &mut errors);
    assert_eq!(code, 0, "{command}: {}", String::from_utf8_lossy(&errors));
    String::from_utf8(output).unwrap()
}
