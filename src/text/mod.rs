//! Pure facts about text: decoding, offset maps, segmentation, Arabic normalisation, invisible characters.
