//! Cases and decisions to and from RON, JSON and CSV.
