//! A screen as a picture: SVG from the grid of cells, PNG from the SVG with the fonts that come with us.

use std::fmt::Write as _;
use std::sync::Arc;

use anyhow::{Context, Result};
use resvg::{tiny_skia, usvg};
use vt100::{Cell, Screen};

use crate::palette::{Canvas, Rgb};
use crate::shapes;

/// A cell is as wide as a letter of the font at this size, so that nothing has to be stretched.
const LETTER: u16 = 15;
const WIDE: u16 = 9;
const HIGH: u16 = 20;
/// Free space around the screen.
const EDGE: u16 = 14;
/// Dots of the PNG for each unit of the SVG.
const ZOOM: f32 = 2.0;

const REGULAR: &[u8] = include_bytes!("../fonts/JetBrainsMono-Regular.ttf");
const BOLD: &[u8] = include_bytes!("../fonts/JetBrainsMono-Bold.ttf");

/// How a cell is drawn.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Look {
    front: Rgb,
    back: Option<Rgb>,
    bold: bool,
    underline: bool,
}

impl Look {
    fn of(cell: &Cell, canvas: Canvas) -> Self {
        let mut front = canvas.color(cell.fgcolor());
        let mut back = canvas.color(cell.bgcolor());
        if cell.inverse() {
            (front, back) = (
                Some(back.unwrap_or(canvas.back())),
                Some(front.unwrap_or(canvas.front())),
            );
        }
        Self {
            front: front.unwrap_or(canvas.front()),
            back,
            bold: cell.bold(),
            underline: cell.underline(),
        }
    }
}

/// The screen as SVG. The same screen gives the same bytes.
pub(crate) fn svg(screen: &Screen, canvas: Canvas) -> String {
    let (rows, cols) = screen.size();
    let (rows, cols) = (rows.get(), cols.get());
    let (width, height) = (cols * WIDE + 2 * EDGE, rows * HIGH + 2 * EDGE);
    let mut out = format!(
        "<svg xmlns='http://www.w3.org/2000/svg' width='{width}' height='{height}' \
         viewBox='0 0 {width} {height}' font-family='JetBrains Mono' font-size='{LETTER}'>\n\
         <rect width='{width}' height='{height}' rx='8' fill='{}'/>\n",
        canvas.back()
    );
    let mut drawing = Drawing {
        screen,
        canvas,
        out: &mut out,
    };
    for row in 0..rows {
        drawing.backs(row, cols);
    }
    for row in 0..rows {
        drawing.fronts(row, cols);
    }
    drawing.cursor();
    out.push_str("</svg>\n");
    out
}

struct Drawing<'d> {
    screen: &'d Screen,
    canvas: Canvas,
    out: &'d mut String,
}

impl Drawing<'_> {
    fn look(&self, row: u16, col: u16) -> Option<(Look, &Cell)> {
        let cell = self.screen.cell(row, col)?;
        Some((Look::of(cell, self.canvas), cell))
    }

    /// Backgrounds of a row, neighbours of one colour as one rectangle.
    fn backs(&mut self, row: u16, cols: u16) {
        let mut col = 0;
        while col < cols {
            let begin = col;
            let back = self.look(row, col).and_then(|(look, _)| look.back);
            while col < cols && self.look(row, col).and_then(|(look, _)| look.back) == back {
                col += 1;
            }
            if let Some(back) = back {
                let (x, y) = corner(row, begin);
                let wide = (col - begin) * WIDE;
                self.write(format_args!(
                    "<rect x='{x}' y='{y}' width='{wide}' height='{HIGH}' fill='{back}' shape-rendering='crispEdges'/>"
                ));
            }
        }
    }

    /// Text of a row: letters of one look in one piece, blocks and lines as shapes.
    fn fronts(&mut self, row: u16, cols: u16) {
        let mut run = Run::default();
        for col in 0..cols {
            let Some((look, cell)) = self.look(row, col) else {
                continue;
            };
            if cell.is_wide_continuation() {
                continue;
            }
            let symbol = if cell.has_contents() {
                cell.contents().to_owned()
            } else {
                " ".to_owned()
            };
            if self.shape(row, col, &symbol, look) {
                self.flush(row, &mut run);
                continue;
            }
            // A letter that is wider or stranger than the font's own gets a place of its own.
            let plain = symbol.is_ascii();
            if !plain || run.look.is_some_and(|before| before != look) {
                self.flush(row, &mut run);
            }
            run.push(col, &symbol, look);
            if !plain {
                self.flush(row, &mut run);
            }
        }
        self.flush(row, &mut run);
    }

    fn shape(&mut self, row: u16, col: u16, symbol: &str, look: Look) -> bool {
        let (x, y) = corner(row, col);
        let (x, y) = (f32::from(x), f32::from(y));
        let (w, h) = (f32::from(WIDE), f32::from(HIGH));
        let front = look.front;
        if let Some(way) = shapes::corner(symbol, (x, y), (w, h)) {
            self.write(format_args!(
                "<path d='{way}' fill='none' stroke='{front}'/>"
            ));
            return true;
        }
        let Some(parts) = shapes::parts(symbol) else {
            return false;
        };
        for part in parts {
            let (x, y, w, h) = (x + part.x * w, y + part.y * h, part.w * w, part.h * h);
            self.write(format_args!(
                "<rect x='{x}' y='{y}' width='{w}' height='{h}' fill='{front}' shape-rendering='crispEdges'/>"
            ));
        }
        true
    }

    fn flush(&mut self, row: u16, run: &mut Run) {
        let Run { begin, text, look } = std::mem::take(run);
        let Some(look) = look else { return };
        let (x, y) = corner(row, begin);
        if look.underline {
            let wide = u16::try_from(text.chars().count()).unwrap_or(1) * WIDE;
            let (y, front) = (y + HIGH - 3, look.front);
            self.write(format_args!(
                "<rect x='{x}' y='{y}' width='{wide}' height='1' fill='{front}'/>"
            ));
        }
        if text.trim().is_empty() {
            return;
        }
        // Spaces before the first letter would be dropped by some readers of SVG.
        let lead = text.chars().take_while(|char| *char == ' ').count();
        let x = x + u16::try_from(lead).unwrap_or_default() * WIDE;
        let (y, front) = (y + LETTER, look.front);
        let weight = if look.bold { " font-weight='700'" } else { "" };
        let text = escaped(text.trim());
        self.write(format_args!(
            "<text x='{x}' y='{y}' fill='{front}'{weight} xml:space='preserve'>{text}</text>"
        ));
    }

    fn cursor(&mut self) {
        if self.screen.hide_cursor() {
            return;
        }
        let (row, col) = self.screen.cursor_position();
        let (x, y) = corner(row, col);
        let front = self.canvas.front();
        self.write(format_args!(
            "<rect x='{x}' y='{y}' width='2' height='{HIGH}' fill='{front}'/>"
        ));
    }

    fn write(&mut self, line: std::fmt::Arguments<'_>) {
        // Writing to a string does not fail.
        let _ = writeln!(self.out, "{line}");
    }
}

/// Letters in a row that look alike.
#[derive(Debug, Default)]
struct Run {
    begin: u16,
    text: String,
    look: Option<Look>,
}

impl Run {
    fn push(&mut self, col: u16, symbol: &str, look: Look) {
        if self.look.is_none() {
            (self.begin, self.look) = (col, Some(look));
        }
        self.text.push_str(symbol);
    }
}

fn corner(row: u16, col: u16) -> (u16, u16) {
    (EDGE + col * WIDE, EDGE + row * HIGH)
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('>', "&gt;")
}

/// The SVG as PNG. No font of the system is looked at, so the picture is the same everywhere.
pub(crate) fn png(svg: &str) -> Result<Vec<u8>> {
    let mut fonts = usvg::fontdb::Database::new();
    fonts.load_font_data(REGULAR.to_vec());
    fonts.load_font_data(BOLD.to_vec());
    let options = usvg::Options {
        fontdb: Arc::new(fonts),
        ..usvg::Options::default()
    };
    let tree = usvg::Tree::from_str(svg, &options).context("the SVG cannot be read back")?;
    let size = tree
        .size()
        .to_int_size()
        .scale_by(ZOOM)
        .context("the picture has no size")?;
    let mut pixels =
        tiny_skia::Pixmap::new(size.width(), size.height()).context("the picture is too large")?;
    resvg::render(
        &tree,
        tiny_skia::Transform::from_scale(ZOOM, ZOOM),
        &mut pixels.as_mut(),
    );
    pixels
        .encode_png()
        .context("the picture cannot be written as PNG")
}

#[cfg(test)]
mod tests {
    use std::num::NonZeroU16;

    use super::{png, svg};
    use crate::palette::Canvas;

    fn screen(bytes: &[u8]) -> vt100::Screen {
        let (rows, cols) = (NonZeroU16::new(2).unwrap(), NonZeroU16::new(8).unwrap());
        let mut parser = vt100::Parser::new(rows, cols, 0);
        parser.process(bytes);
        parser.screen().clone()
    }

    #[test]
    fn letters_blocks_and_backgrounds_become_shapes() {
        let svg = svg(
            &screen(b"\x1b[1ma<b\x1b[0m\xe2\x96\x88\x1b[48;2;1;2;3mx"),
            Canvas::Dark,
        );
        assert!(
            svg.contains("font-weight='700' xml:space='preserve'>a&lt;b</text>"),
            "{svg}"
        );
        assert!(
            svg.contains("x='41' y='14' width='9' height='20' fill='#ddd5c7'"),
            "{svg}"
        );
        assert!(svg.contains("fill='#010203'"), "{svg}");
    }

    #[test]
    fn a_picture_shows_the_letters_of_our_own_font() {
        let empty = png(&svg(&screen(b"\x1b[?25l"), Canvas::Light)).unwrap();
        let letters = png(&svg(&screen(b"\x1b[?25lag"), Canvas::Light)).unwrap();
        assert!(letters.starts_with(b"\x89PNG"));
        assert_ne!(empty, letters);
    }
}
