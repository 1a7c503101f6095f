//! Figures of the risk assessment as SVG: the heat map of risks and the diagram of data flows. Words in a figure are escaped,
//! and everything a figure shows stands in a table or list beside it as well.

use super::page::{Figure, words};
use conforme_catalogue::RiskMethod;
use conforme_core::classify::{PartKind, part_kind};
use conforme_core::dossier::Dossier;
use std::collections::BTreeMap;
use std::fmt::Write as _;

/// Fills from the lowest level to the highest, light enough for dark words.
const HEAT: [&str; 5] = ["#dff1e4", "#f3f3cf", "#fbe3b8", "#f9cdc4", "#eeb0ab"];
const INK: &str = "#1c2530";
const SOFT: &str = "#56616f";
const LINE: &str = "#8a96a3";

/// Likelihood against impact, each risk in its cell; nothing when no risk can be placed.
pub(super) fn heat_map(dossier: &Dossier, method: &RiskMethod) -> Option<Figure> {
    let mut cells: BTreeMap<(usize, usize), Vec<&str>> = BTreeMap::new();
    for risk in &dossier.risk {
        let at = |list: &[String], word: &str| list.iter().position(|it| it == word);
        let row = at(&method.likelihoods, words(risk.likelihood.as_ref()));
        let column = at(&method.impacts, words(risk.impact.as_ref()));
        if let (Some(row), Some(column)) = (row, column) {
            cells.entry((row, column)).or_default().push(words(risk.id.as_ref()));
        }
    }
    if cells.is_empty() {
        return None;
    }
    let (rows, columns) = (method.likelihoods.len(), method.impacts.len());
    let (left, top, width) = (96.0, 16.0, 660.0 / columns as f64);
    // A row is as high as its fullest cell needs.
    let most = cells.values().map(Vec::len).max().unwrap_or(1);
    let per_line = ((width - 12.0) / 62.0).floor().max(1.0);
    let height = (24.0 + (most as f64 / per_line).ceil() * 14.0).max(44.0);
    let total = top + rows as f64 * height + 46.0;
    let mut svg = open(left + 660.0 + 4.0, total);
    let mut said = Vec::new();
    for row in 0..rows {
        let y = top + (rows - 1 - row) as f64 * height;
        text(&mut svg, (left - 8.0, y + height / 2.0 + 4.0), "end", SOFT, 11.0, &method.likelihoods[row]);
        for column in 0..columns {
            let x = left + column as f64 * width;
            let level = &method.grid[row][column];
            let _ = write!(
                svg,
                r#"<rect x="{x:.1}" y="{y:.1}" width="{width:.1}" height="{height:.1}" fill="{}" stroke="white" stroke-width="2"/>"#,
                heat(method, level)
            );
            text(&mut svg, (x + 6.0, y + 14.0), "start", SOFT, 9.0, level);
            let risks = cells.get(&(row, column)).map_or(&[][..], Vec::as_slice);
            for (line, part) in risks.chunks(per_line as usize).enumerate() {
                let at = (x + 6.0, y + 30.0 + line as f64 * 14.0);
                text(&mut svg, at, "start", INK, 11.0, &part.join("  "));
            }
            if !risks.is_empty() {
                let (likelihood, impact) = (&method.likelihoods[row], &method.impacts[column]);
                said.push(format!("{likelihood} likelihood and {impact} impact ({level}): {}", risks.join(", ")));
            }
        }
    }
    let bottom = top + rows as f64 * height;
    for (column, impact) in method.impacts.iter().enumerate() {
        text(&mut svg, (left + (column as f64 + 0.5) * width, bottom + 16.0), "middle", SOFT, 11.0, impact);
    }
    text(&mut svg, (left + 330.0, bottom + 36.0), "middle", INK, 11.0, "impact");
    text(&mut svg, (4.0, 12.0), "start", INK, 11.0, "likelihood");
    svg += "</svg>";
    Some(Figure { svg, alt: format!("Risks before treatment by likelihood and impact. {}.", said.join("; ")) })
}

fn heat(method: &RiskMethod, level: &str) -> &'static str {
    let rank = method.levels.iter().position(|it| it == level).unwrap_or(0);
    let top = method.levels.len().saturating_sub(1).max(1);
    HEAT[rank * (HEAT.len() - 1) / top]
}

/// A box of the diagram.
struct Node<'a> {
    name: &'a str,
    column: usize,
    row: usize,
}

/// Parts, users and services with the flows between them, numbered as in the list beside the figure.
pub(super) fn data_flows(dossier: &Dossier) -> Option<Figure> {
    const BOX: (f64, f64) = (150.0, 44.0);
    const STEP: (f64, f64) = (205.0, 84.0);
    if dossier.flow.is_empty() {
        return None;
    }
    let mut nodes: Vec<Node<'_>> = Vec::new();
    let mut rows = [0; 4];
    for name in dossier.flow.iter().flat_map(|it| [words(it.from.as_ref()), words(it.to.as_ref())]) {
        if name.is_empty() || nodes.iter().any(|it| it.name == name) {
            continue;
        }
        let part = dossier.part.iter().find(|it| words(it.title.as_ref()) == name);
        let column = match part.map(part_kind) {
            Some(PartKind::OnProduct) => 1,
            Some(PartKind::RemoteDataProcessing) => 2,
            Some(_) => 3,
            None if name.eq_ignore_ascii_case("user") => 0,
            None => 3,
        };
        nodes.push(Node { name, column, row: rows[column] });
        rows[column] += 1;
    }
    let most = rows.iter().copied().max().unwrap_or(1);
    let heads = ["people", "product, with the user", "remote data processing", "services of others"];
    let used: Vec<usize> = (0..4).filter(|it| rows[*it] > 0).collect();
    let place = |column: usize| used.iter().position(|it| *it == column).unwrap_or(0) as f64;
    let corner = |it: &Node<'_>| (8.0 + place(it.column) * STEP.0, 34.0 + it.row as f64 * STEP.1);
    let mut svg = open(used.len() as f64 * STEP.0 - (STEP.0 - BOX.0) + 16.0, 34.0 + most as f64 * STEP.1 - 26.0);
    svg += r##"<defs><marker id="arrow" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="7" markerHeight="7" orient="auto"><path d="M0 0 L8 4 L0 8 z" fill="#56616f"/></marker></defs>"##;
    for column in &used {
        let x = 4.0 + place(*column) * STEP.0;
        let height = rows[*column] as f64 * STEP.1 - 18.0;
        let _ = write!(
            svg,
            r##"<rect x="{x:.1}" y="24" width="{:.1}" height="{height:.1}" rx="4" fill="#f3f6f9" stroke="{LINE}" stroke-dasharray="4 3"/>"##,
            BOX.0 + 8.0
        );
        text(&mut svg, (x + BOX.0 / 2.0 + 4.0, 16.0), "middle", SOFT, 10.0, heads[*column]);
    }
    let (mut said, mut numbers) = (Vec::new(), String::new());
    let mut between: BTreeMap<(usize, usize), usize> = BTreeMap::new();
    for (at, flow) in dossier.flow.iter().enumerate() {
        let find = |name: &str| nodes.iter().position(|it| it.name == name);
        let (from, to) = (words(flow.from.as_ref()), words(flow.to.as_ref()));
        let (Some(a), Some(b)) = (find(from), find(to)) else { continue };
        said.push(format!("{} from {from} to {to}", at + 1));
        let nth = between.entry((a.min(b), a.max(b))).or_default();
        let shift = *nth as f64 * 14.0 - 7.0;
        *nth += 1;
        let ((ax, ay), (bx, by)) = (corner(&nodes[a]), corner(&nodes[b]));
        let (start, end) = if (ax - bx).abs() < 1.0 {
            let down = by > ay;
            let x = ax + BOX.0 / 2.0 + shift;
            (if down { (x, ay + BOX.1) } else { (x, ay) }, if down { (x, by) } else { (x, by + BOX.1) })
        } else {
            let right = bx > ax;
            let y = |top: f64| top + BOX.1 / 2.0 + shift;
            let (leave, arrive) = if right { (ax + BOX.0, bx) } else { (ax, bx + BOX.0) };
            ((leave, y(ay)), (arrive, y(by)))
        };
        let _ = write!(
            svg,
            r##"<line x1="{:.1}" y1="{:.1}" x2="{:.1}" y2="{:.1}" stroke="{SOFT}" stroke-width="1.2" marker-end="url(#arrow)"/>"##,
            start.0, start.1, end.0, end.1
        );
        // Numbers sit nearer to the start, so that two flows in opposite directions keep theirs apart.
        let (x, y) = (start.0 + (end.0 - start.0) * 0.38, start.1 + (end.1 - start.1) * 0.38);
        let _ = write!(numbers, r#"<circle cx="{x:.1}" cy="{y:.1}" r="8" fill="white" stroke="{SOFT}"/>"#);
        text(&mut numbers, (x, y + 3.5), "middle", INK, 9.5, &(at + 1).to_string());
    }
    for node in &nodes {
        let (x, y) = corner(node);
        let _ = write!(
            svg,
            r#"<rect x="{x:.1}" y="{y:.1}" width="{}" height="{}" rx="5" fill="white" stroke="{INK}"/>"#,
            BOX.0, BOX.1
        );
        let lines = wrapped(node.name, 24);
        let top = y + BOX.1 / 2.0 + 4.0 - (lines.len() as f64 - 1.0) * 6.5;
        for (line, words) in lines.iter().enumerate() {
            text(&mut svg, (x + BOX.0 / 2.0, top + line as f64 * 13.0), "middle", INK, 11.0, words);
        }
    }
    svg += &numbers;
    svg += "</svg>";
    Some(Figure { svg, alt: format!("Data flows: {}.", said.join("; ")) })
}

/// At most three lines of about `width` characters; what is longer is cut.
fn wrapped(words: &str, width: usize) -> Vec<String> {
    let mut lines: Vec<String> = vec![String::new()];
    for word in words.split_whitespace() {
        let line = lines.last().map_or(0, |it| it.chars().count());
        if line > 0 && line + 1 + word.chars().count() > width {
            lines.push(String::new());
        }
        if let Some(line) = lines.last_mut() {
            if !line.is_empty() {
                line.push(' ');
            }
            line.push_str(&word.chars().take(width).collect::<String>());
        }
    }
    if lines.len() > 3 {
        lines.truncate(3);
        lines[2].push('…');
    }
    lines
}

fn open(width: f64, height: f64) -> String {
    format!(
        r#"<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width:.0} {height:.0}" width="{width:.0}" height="{height:.0}" font-family="Libertinus Serif, serif">"#
    )
}

fn text(svg: &mut String, at: (f64, f64), anchor: &str, fill: &str, size: f64, words: &str) {
    let _ = write!(
        svg,
        r#"<text x="{:.1}" y="{:.1}" text-anchor="{anchor}" fill="{fill}" font-size="{size}">"#,
        at.0, at.1
    );
    for it in words.chars() {
        match it {
            '&' => svg.push_str("&amp;"),
            '<' => svg.push_str("&lt;"),
            '>' => svg.push_str("&gt;"),
            it if it.is_control() => svg.push('\u{fffd}'),
            it => svg.push(it),
        }
    }
    svg.push_str("</text>");
}

#[cfg(test)]
mod tests {
    use super::*;
    use conforme_core::load::load;
    use conforme_core::risk::scale;
    use conforme_core::source::SourceFile;

    const TEXT: &str = r#"
[criteria]
matrix = "3x3"
[[part]]
title = "Unit <script>"
runs = "on-product"
[[flow]]
from = "user"
to = "Unit <script>"
[[flow]]
from = "Unit <script>"
to = "Weather & co"
[[risk]]
id = "R-1"
likelihood = "low"
impact = "high"
[[risk]]
id = "R-2"
likelihood = "nobody knows"
impact = "high"
"#;

    #[test]
    fn figures_show_what_is_there_and_escape_it() {
        let law = conforme_law::catalogue();
        let file = SourceFile { path: "conforme.toml".into(), text: TEXT.into() };
        let dossier = load(&law, &[file], None).dossier;
        let method = scale::declared(&law, &dossier).expect("declared").expect("known");
        let heat = heat_map(&dossier, &method).expect("one risk can be placed");
        assert!(heat.svg.contains(">R-1<") && !heat.svg.contains("R-2"));
        assert!(heat.alt.contains("low likelihood and high impact (medium): R-1"), "{}", heat.alt);
        let flows = data_flows(&dossier).expect("two flows");
        assert!(flows.svg.contains("Unit &lt;script&gt;") && flows.svg.contains("Weather &amp; co"));
        assert!(!flows.svg.contains("<script"));
        assert!(flows.alt.contains("1 from user to Unit <script>"));
    }
}
