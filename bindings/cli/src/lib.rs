//! The command `apportion` as a library.
