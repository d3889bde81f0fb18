//! Things that draw themselves: each is a pure function from borrowed data, an area and [`Styles`] into a
//! buffer. None keeps anything between two frames, reads a clock or asks for a colour, and none writes outside its area.
//! To whoever listens they tell what in it answers to a click, see [`spot`].
//!
//! [`Styles`]: crate::theme::Styles

pub mod banner;
pub mod bar;
pub mod chip;
pub mod digits;
pub mod field;
pub mod frame;
pub mod hints;
pub mod letters;
pub mod list;
pub mod message;
mod over;
pub mod spot;
#[cfg(test)]
pub(crate) mod testing;
pub mod text;
