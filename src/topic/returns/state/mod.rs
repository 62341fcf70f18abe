//! State of returns: lines whose order status says that they came back.

pub mod returned_line;
