//! How cells look.

use conforme_render::document::Tone;
use rust_xlsxwriter::{Color, Format, FormatAlign, FormatBorder};

const ACCENT: Color = Color::RGB(0x1D4468);
const PANEL: Color = Color::RGB(0xE8EDF3);
const SOFT: Color = Color::RGB(0x56616F);
const LINE: Color = Color::RGB(0xC6CED7);
const WARNING: Color = Color::RGB(0x8A2F27);

/// The formats of a workbook.
pub(crate) struct Style {
    pub(crate) title: Format,
    pub(crate) draft: Format,
    pub(crate) label: Format,
    pub(crate) header: Format,
    pub(crate) text: Format,
    good: Format,
    fair: Format,
    bad: Format,
    unknown: Format,
    muted: Format,
}

impl Style {
    pub(crate) fn new() -> Self {
        let text = Format::new().set_text_wrap().set_align(FormatAlign::Top);
        let cell = text.clone().set_border(FormatBorder::Thin).set_border_color(LINE);
        let tinted = |color: u32| cell.clone().set_background_color(Color::RGB(color));
        Self {
            title: Format::new().set_bold().set_font_size(16).set_font_color(ACCENT),
            draft: Format::new().set_bold().set_font_color(WARNING),
            label: text.clone().set_font_color(SOFT),
            header: cell.clone().set_bold().set_font_color(ACCENT).set_background_color(PANEL),
            good: tinted(0xDFF1E4),
            fair: tinted(0xFBEECB),
            bad: tinted(0xF9DEDB),
            unknown: tinted(0xE4E6F5),
            muted: tinted(0xECECEC),
            text: cell,
        }
    }

    pub(crate) fn cell(&self, tone: Option<Tone>) -> &Format {
        match tone {
            None => &self.text,
            Some(Tone::Good) => &self.good,
            Some(Tone::Fair) => &self.fair,
            Some(Tone::Bad) => &self.bad,
            Some(Tone::Unknown) => &self.unknown,
            Some(Tone::Muted) => &self.muted,
        }
    }
}
