//! The description that the host reads: JSON, so that new kinds of facts never touch the ABI.

use crate::json::push_string;
use crate::{ColumnSpec, EventSpec, MetricSpec, OwnSpec, ParameterDefault, ParameterSpec, Policy};

/// Description of strategy `P`.
pub fn describe<P: Policy>() -> String {
    let about = P::ABOUT;
    let mut out = String::from("{");
    field(&mut out, "id", about.id);
    field(&mut out, "version", about.version);
    out.push_str("\"name\":{");
    field(&mut out, "en", about.name_en);
    field(&mut out, "nl", about.name_nl);
    close(&mut out, '}');
    out.push(',');
    field(&mut out, "doc", about.doc);
    field(&mut out, "role", P::ROLE.name());
    list(&mut out, "parameters", P::SCHEMA, parameter);
    list(&mut out, "columns", P::COLUMNS, column);
    list(&mut out, "own", P::OWN, own);
    list(&mut out, "metrics", P::METRICS, metric);
    list(&mut out, "events", P::EVENTS, event);
    out.push_str("\"phases\":[\"month\"],");
    out.push_str("\"capabilities\":[\"claim\",\"plan\",\"spend\",\"note\",\"event\"]}");
    out
}

fn field(out: &mut String, name: &str, text: &str) {
    push_string(out, name);
    out.push(':');
    push_string(out, text);
    out.push(',');
}

/// Closes a list or object, without the comma after its last item.
fn close(out: &mut String, bracket: char) {
    if out.ends_with(',') {
        out.pop();
    }
    out.push(bracket);
}

fn list<T>(out: &mut String, name: &str, items: &[T], write: fn(&mut String, &T)) {
    push_string(out, name);
    out.push_str(":[");
    for item in items {
        out.push('{');
        write(out, item);
        close(out, '}');
        out.push(',');
    }
    close(out, ']');
    out.push(',');
}

fn parameter(out: &mut String, spec: &ParameterSpec) {
    field(out, "name", spec.name);
    field(out, "type", spec.default.kind().name());
    field(out, "unit", spec.unit);
    out.push_str("\"default\":");
    match spec.default {
        ParameterDefault::Bool(b) => out.push_str(&b.to_string()),
        ParameterDefault::I64(n) => out.push_str(&n.to_string()),
        ParameterDefault::F64(x) => out.push_str(&format!("{x:?}")),
        ParameterDefault::Text(text) => push_string(out, text),
    }
    out.push(',');
    if let Some((min, max)) = spec.range {
        out.push_str(&format!("\"min\":{min:?},\"max\":{max:?},"));
    }
    field(out, "doc", spec.doc);
    if !spec.formerly.is_empty() {
        out.push_str("\"formerly\":[");
        for old in spec.formerly {
            push_string(out, old);
            out.push(',');
        }
        close(out, ']');
        out.push(',');
    }
}

fn column(out: &mut String, spec: &ColumnSpec) {
    field(out, "name", spec.name);
    field(out, "type", spec.kind.name());
    field(out, "unit", spec.unit);
    if spec.optional {
        out.push_str("\"optional\":true,");
    }
}

fn event(out: &mut String, spec: &EventSpec) {
    field(out, "name", spec.name);
    list(out, "fields", spec.fields, |out, (name, unit)| {
        field(out, "name", name);
        field(out, "unit", unit);
    });
    field(out, "doc", spec.doc);
}

fn own(out: &mut String, spec: &OwnSpec) {
    field(out, "name", spec.name);
    field(out, "unit", spec.unit);
    out.push_str(&format!("\"default\":{:?},", spec.default));
    field(out, "doc", spec.doc);
}

fn metric(out: &mut String, spec: &MetricSpec) {
    field(out, "name", spec.name);
    field(out, "unit", spec.unit);
    field(out, "better", spec.better.name());
    field(out, "aggregate", spec.aggregate.name());
    field(out, "doc", spec.doc);
}
