//! Pages of their own: every chart on good, odd, empty and hostile input.

use super::*;

fn axis(name: &str, unit: &str, difference: bool) -> Axis {
    Axis {
        name: name.to_owned(),
        unit: unit.to_owned(),
        difference,
    }
}

fn estimate(mean: f64, half: Option<f64>) -> Estimate {
    Estimate {
        mean,
        interval: half.map(|half| (mean - half, mean + half)),
    }
}

/// A gain along a parameter, for two strategies.
fn lines() -> Chart {
    let course = |look: usize, lift: f64| Line {
        name: format!("Strategie {look}"),
        look,
        points: (0..5)
            .map(|step| {
                let (x, y) = (f64::from(step), f64::from(step * step) - lift);
                (x, estimate(1e5 * y, Some(1e5)))
            })
            .collect(),
    };
    Chart::Lines(Lines {
        across: axis("Prijs van een plek (euro)", "euro", false),
        up: axis("Wat het scheelt (euro)", "euro", true),
        courses: vec![course(0, 3.0), course(1, 8.0)],
        mark: Some((3.0, "nu".to_owned())),
    })
}

/// A tornado; or bars side by side with intervals.
fn bars(in_line: bool) -> Chart {
    let half = (!in_line).then_some(0.1);
    let row = |number: u8| {
        let end = 1.0 / f64::from(number);
        let low = if in_line { -0.5 * end } else { 0.6 * end };
        Row {
            name: format!("team.number_{number}"),
            ends: [low, end].map(|end| Some(estimate(end, half))).to_vec(),
            note: "aanname".to_owned(),
        }
    };
    Chart::Bars(Bars {
        across: axis("Verschil (aandeel)", "share", in_line),
        origin: if in_line { 0.1 } else { 0.0 },
        keys: vec!["laag".to_owned(), "hoog".to_owned()],
        in_line,
        rows: (1..6).map(row).collect(),
    })
}

fn heat() -> Chart {
    let row = |number: u8| {
        let cells = (0..3).map(|column| Some(f64::from(number * column) * 12.5));
        (format!("Strategie {number}"), cells.chain([None]).collect())
    };
    let columns = [
        "Geen schok",
        "Bezuinigingen vanaf 2012",
        "Drie decentralisaties",
        "Leeg",
    ];
    Chart::Heat(Heat {
        unit: "month".to_owned(),
        columns: columns.map(str::to_owned).to_vec(),
        rows: (0..4).map(row).collect(),
    })
}

fn plane() -> Chart {
    let cloud = |look: usize| {
        let point = |n: u32| {
            let turn = f64::from(n) * 0.7;
            let centre = 40.0 * look as f64;
            (centre + 30.0 * turn.sin(), 1e6 * (turn.cos() - 0.4))
        };
        Cloud {
            name: format!("Strategie {look}"),
            look,
            points: (0..40).map(point).collect(),
        }
    };
    Chart::Plane(Plane {
        across: axis("Huishoudens minder", "households", true),
        up: axis("Kosten meer (euro)", "euro", true),
        clouds: vec![cloud(0), cloud(1)],
        slope: Some((20_000.0, "€ 20.000".to_owned())),
        quarters: [
            "duurder, slechter",
            "duurder, beter",
            "goedkoper, slechter",
            "goedkoper, beter",
        ]
        .map(str::to_owned),
    })
}

fn drawing(name: &str, chart: Chart) -> Part {
    Part::Figure(Box::new(Drawing {
        name: name.to_owned(),
        title: format!("Wat {name} laat zien"),
        subtitle: "eenheid, 95%-interval".to_owned(),
        caption: "Wat men weten moet.".to_owned(),
        chart,
        data: Table {
            caption: "De getallen".to_owned(),
            head: vec!["a".to_owned(), "b".to_owned()],
            rows: vec![vec!["x".to_owned(), "−1,5".to_owned()]],
        },
    }))
}

/// A page with every chart.
pub(crate) fn sample() -> Sheet {
    Sheet {
        title: "Schokproef".to_owned(),
        question: "Wat breekt wanneer?".to_owned(),
        parts: vec![
            Part::Lead("Het antwoord.".to_owned()),
            drawing("lines", lines()),
            drawing("tornado", bars(true)),
            drawing("shares", bars(false)),
            drawing("heat", heat()),
            drawing("plane", plane()),
        ],
        foot: "Vergelijkt; voorspelt niet.".to_owned(),
        version: "0".to_owned(),
    }
}

/// For looking: writes a page into the folder that `ZALM_LOOK` names, if it names one.
fn look(name: &str, html: &str) {
    if let Some(folder) = std::env::var_os("ZALM_LOOK") {
        let file = std::path::Path::new(&folder).join(format!("{name}.html"));
        std::fs::write(file, html).unwrap();
    }
}

#[test]
fn every_chart_is_drawn_twice_with_its_data_and_as_a_file() {
    for lang in Lang::ALL {
        let page = sheet(&sample(), lang);
        look(&format!("sheet-{lang}"), &page.html);
        assert_eq!(page.html.matches("<svg").count(), 10);
        assert_eq!(page.html.matches("data:text/csv").count(), 5);
        let names: Vec<&str> = page.figures.iter().map(|(name, _)| name.as_str()).collect();
        assert_eq!(
            names,
            [
                "lines.svg",
                "tornado.svg",
                "shares.svg",
                "heat.svg",
                "plane.svg"
            ]
        );
        for (_, svg) in &page.figures {
            // The drawing on the page stands in it as it is, with title and source around it.
            let drawing = svg[1..].find("<svg").map(|at| &svg[at + 1..]).unwrap();
            let lines = drawing.lines().skip(1).filter(|line| line.starts_with('<'));
            let mut lines = lines.filter(|line| !line.contains("</svg>"));
            assert!(lines.all(|line| page.html.contains(line)), "{svg}");
            assert!(
                svg.contains("<desc") && svg.contains("fill=\"#FFFFFF\""),
                "{svg}"
            );
        }
        assert!(!page.html.contains("NaN") && !page.html.contains("{ $"));
    }
}

#[test]
fn charts_without_numbers_say_so() {
    let empty = [
        Chart::Lines(Lines::default()),
        Chart::Bars(Bars::default()),
        Chart::Heat(Heat::default()),
        Chart::Plane(Plane::default()),
    ];
    for chart in empty {
        let page = sheet(
            &Sheet {
                parts: vec![drawing("x", chart)],
                ..Sheet::default()
            },
            Lang::En,
        );
        assert!(
            page.figures.is_empty() && page.html.contains("there is no figure"),
            "{}",
            page.html
        );
    }
    let endless = Lines {
        courses: vec![Line {
            points: vec![(0.0, estimate(f64::NAN, None)), (1.0, estimate(1.0, None))],
            ..Line::default()
        }],
        ..Lines::default()
    };
    let parts = vec![drawing("x", Chart::Lines(endless))];
    assert!(
        sheet(
            &Sheet {
                parts,
                ..Sheet::default()
            },
            Lang::Nl
        )
        .figures
        .is_empty()
    );
}

#[test]
fn what_is_everywhere_the_same_is_drawn() {
    let flat = Line {
        points: vec![(0.0, estimate(0.0, None)), (1.0, estimate(0.0, None))],
        ..Line::default()
    };
    let heat = Heat {
        columns: vec!["a".to_owned()],
        rows: vec![("b".to_owned(), vec![Some(0.0)])],
        ..Heat::default()
    };
    let row = Row {
        ends: vec![Some(estimate(0.0, None))],
        ..Row::default()
    };
    let charts = [
        Chart::Lines(Lines {
            courses: vec![flat],
            ..Lines::default()
        }),
        Chart::Heat(heat),
        Chart::Bars(Bars {
            keys: vec!["k".to_owned()],
            rows: vec![row],
            ..Bars::default()
        }),
        Chart::Plane(Plane {
            clouds: vec![Cloud {
                points: vec![(0.0, 0.0); 3],
                ..Cloud::default()
            }],
            slope: Some((0.0, String::new())),
            ..Plane::default()
        }),
    ];
    for chart in charts {
        let page = sheet(
            &Sheet {
                parts: vec![drawing("x", chart)],
                ..Sheet::default()
            },
            Lang::En,
        );
        assert_eq!(page.figures.len(), 1);
        assert!(!page.html.contains("NaN") && !page.html.contains("inf"));
    }
}

#[test]
fn hostile_names_are_texts() {
    let evil = "</svg></script><script>alert('x')</script>".repeat(9);
    let mut page = sample();
    page.title.clone_from(&evil);
    for part in &mut page.parts {
        let Part::Figure(drawing) = part else {
            continue;
        };
        drawing.title.clone_from(&evil);
        match &mut drawing.chart {
            Chart::Lines(lines) => lines.courses[0].name.clone_from(&evil),
            Chart::Bars(bars) => bars.rows[0].name.clone_from(&evil),
            Chart::Heat(heat) => heat.columns[0].clone_from(&evil),
            Chart::Plane(plane) => plane.clouds[0].name.clone_from(&evil),
        }
    }
    let html = sheet(&page, Lang::En).html;
    assert!(!html.contains("<script") && !html.contains("</script"));
    assert_eq!(html.matches("<svg").count(), html.matches("</svg>").count());
}
