//! Proves the house rules on the text of the sources: which room names which, sizes, words that must not
//! be there, and that the maps in `docs/` are true. Each checker is itself tested on small bad snippets.

mod docs;
mod paths;
mod rooms;
mod sizes;
mod source;
mod words;

use source::Source;

/// Fails with every complaint at once, so that one run shows all there is to mend.
fn assert_tidy(complaints: &[String]) {
    assert!(complaints.is_empty(), "\n{}\n", complaints.join("\n"));
}

/// The complaints of one checker over all of `src/`.
fn over_src(check: impl Fn(&Source) -> Vec<String>) -> Vec<String> {
    source::read_all("src").iter().flat_map(check).collect()
}

#[test]
fn rooms_import_only_what_their_row_names() {
    assert_tidy(&over_src(rooms::check_imports));
}

#[test]
fn every_directory_of_src_is_a_room() {
    assert_tidy(&rooms::check_directories());
}

#[test]
fn each_outside_crate_is_named_in_its_room_only() {
    assert_tidy(&over_src(rooms::check_crates));
}

#[test]
fn files_functions_and_structs_stay_small() {
    assert_tidy(&over_src(sizes::check));
}

#[test]
fn nothing_in_the_program_can_panic_by_a_word() {
    assert_tidy(&over_src(words::check_panics));
}

#[test]
fn every_lint_exception_has_a_reason() {
    assert_tidy(&over_src(words::check_exceptions));
}

#[test]
fn colours_are_named_in_the_theme_only() {
    assert_tidy(&over_src(words::check_colours));
}

#[test]
fn every_file_opens_by_saying_why_it_exists() {
    for directory in ["src", "tests", "benches", "fuzz"] {
        let all = source::read_all(directory);
        assert_tidy(
            &all.iter()
                .flat_map(words::check_opening)
                .collect::<Vec<_>>(),
        );
    }
}

#[test]
fn the_map_of_the_rooms_is_true() {
    assert_tidy(&docs::check_architecture());
}

#[test]
fn every_dependency_has_its_reason() {
    assert_tidy(&docs::check_dependencies());
}
