//! The full-screen front-end: what is drawn, from borrowed data, into a terminal buffer.

pub mod glyphs;
pub mod widget;
