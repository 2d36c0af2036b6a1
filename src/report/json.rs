//! The keys that figures add to the JSON of `hashiya agree --json`.

use serde_json::{Map, Value as Json, json};

use super::figures::{FeatureFigure, Figures};

/// Adds `attributes`, `relations`, `confusion` and `estimates`; what was not asked for is `null`.
pub fn add_json(figures: &Figures, json: &mut Json) {
    let Some(top) = json.as_object_mut() else {
        return;
    };
    top.insert("attributes".to_owned(), features(figures, false));
    top.insert("relations".to_owned(), features(figures, true));
    let label = |place: Option<usize>| place.map(|place| figures.label(place));
    let cells: Vec<Json> = figures
        .confusion
        .iter()
        .map(|cell| {
            json!({"left": label(cell.left), "right": label(cell.right), "count": cell.count})
        })
        .collect();
    top.insert("confusion".to_owned(), Json::Array(cells));
    let mut groups = Map::new();
    for estimate in &figures.estimates {
        let annotators: Map<String, Json> = estimate
            .annotators
            .iter()
            .map(|(place, share)| (figures.annotator(*place).to_owned(), json!(share)))
            .collect();
        let labels: Vec<Json> = estimate
            .labels
            .iter()
            .map(|(place, count)| json!({"label": label(*place), "spans": count}))
            .collect();
        let undefined = estimate.undefined.map(|why| why.to_string());
        let group = groups
            .entry(estimate.group)
            .or_insert_with(|| Json::Object(Map::new()));
        if let Some(group) = group.as_object_mut() {
            let estimate_json =
                json!({"annotators": annotators, "labels": labels, "undefined": undefined});
            group.insert(estimate.method.to_owned(), estimate_json);
        }
    }
    top.insert("estimates".to_owned(), Json::Object(groups));
}

fn features(figures: &Figures, relation: bool) -> Json {
    let mut all = Json::Null;
    let mut names = Map::new();
    for feature in figures
        .features
        .iter()
        .filter(|one| one.relation == relation)
    {
        match &feature.name {
            None => all = scores(feature),
            Some(name) => {
                names.insert(name.clone(), scores(feature));
            }
        }
    }
    if let Some(all) = all.as_object_mut() {
        all.insert("per_name".to_owned(), Json::Object(names));
    }
    all
}

fn scores(feature: &FeatureFigure) -> Json {
    let interval = feature.f1.interval.map(|one| [one.low, one.high]);
    json!({
        "f1": feature.f1.value.ok(),
        "precision": feature.shares.0,
        "recall": feature.shares.1,
        "ci": interval,
        "undefined": feature.f1.value.err().map(|why| why.to_string()),
    })
}
