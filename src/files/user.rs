//! Who sits at the machine.

/// The operating system's name for the user; `None` where it has none.
pub fn user_name() -> Option<String> {
    let named = |key: &&str| std::env::var(key).ok().filter(|name| !name.is_empty());
    let variables = ["USER", "LOGNAME", "USERNAME"];
    // Services and containers often have no variables: the system's list of users has the name.
    variables
        .iter()
        .find_map(named)
        .or_else(|| whoami::username().ok())
}
