//! The colours of everything that is drawn or printed: pages, charts, workbooks. `0xRRGGBB`.

/// Text.
pub(crate) const INK: u32 = 0x001B_1F23;
/// Secondary text.
pub(crate) const SECOND: u32 = 0x004A_5560;
/// Rules between lines, borders of cells.
pub(crate) const RULE: u32 = 0x00D5_DAE0;
/// Marks that are no message.
pub(crate) const MARK: u32 = 0x007A_848E;
/// Background of what is apart.
pub(crate) const PANEL: u32 = 0x00F5_F7F9;
/// Background of a cell that nobody fills in.
pub(crate) const CLOSED: u32 = 0x00EC_EFF2;
/// What is not met.
pub(crate) const ALERT: u32 = 0x009B_1C1C;
/// The campaign reported, headings of forms.
pub(crate) const ACCENT: u32 = 0x001F_4E79;
/// Paper.
pub(crate) const WHITE: u32 = 0x00FF_FFFF;

/// Levels 1 to 4, light to dark, one hue.
pub(crate) const LEVELS: [u32; 4] = [0x00D9_E7EC, 0x009C_C3CF, 0x004E_93A8, 0x001D_5A70];
/// A fifth shade between levels 1 and 2, and a sixth between 2 and 3.
pub(crate) const BETWEEN: [u32; 2] = [0x00B4_D2DB, 0x0085_B6C5];
