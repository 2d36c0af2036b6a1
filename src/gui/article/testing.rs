//! What tests of the article's views share.

use crate::{
    annotation::{
        Annotator, EditId, Fragments, LabelId, Layer, Span, SpanData, SpanId, Stamp, Time,
    },
    text::ByteRange,
};

/// A layer with spans from and to these bytes.
#[allow(clippy::unwrap_used, reason = "tests")]
pub(super) fn layer(extents: &[(usize, usize)]) -> Layer {
    let edit = EditId::random();
    let stamp = Stamp {
        time: Time::default(),
        author: Annotator::unnamed(),
    };
    let mut layer = Layer::default();
    for (place, (start, end)) in (0..).zip(extents) {
        let fragments = Fragments::new(ByteRange::unchecked_order(*start, *end)).unwrap();
        layer.insert(Span {
            id: SpanId { edit, place },
            data: SpanData::new(LabelId::new("X").unwrap(), fragments),
            made: stamp.clone(),
            changed: stamp.clone(),
        });
    }
    layer
}
