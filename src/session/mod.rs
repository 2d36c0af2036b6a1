//! An open project: the current document, history, jobs, commands.
