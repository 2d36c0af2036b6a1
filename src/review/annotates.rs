//! Whose layers are compared.

use crate::annotation::{Annotator, Layer};

/// Whether a layer is one of those that are compared: of a person who has begun, and either one of `chosen` or,
/// where nobody is chosen, no reviewer.
pub fn annotates(name: &Annotator, layer: &Layer, chosen: Option<&[Annotator]>) -> bool {
    let wanted = chosen.map_or(!layer.is_review(), |chosen| chosen.contains(name));
    wanted && layer.is_begun() && !name.is_prediction()
}
