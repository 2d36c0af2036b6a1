//! The model: documents, label set, spans, relations, layers.
