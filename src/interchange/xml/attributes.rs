//! All that a tag says, for formats whose names are not known beforehand.

use std::borrow::Cow;

use quick_xml::{XmlVersion, events::BytesStart};

use super::{Reason, Xml, ill_formed};

impl Xml<'_> {
    /// The name of the element that began last, with its prefix.
    pub(in crate::interchange) fn full_name(&self) -> &str {
        self.tag.get(..self.name).unwrap_or_default()
    }

    /// Hands out the attributes of the element that began last, by their names with their prefixes.
    pub(in crate::interchange) fn each_attribute(
        &self,
        mut take: impl FnMut(&str, Cow<'_, str>) -> Result<(), Reason>,
    ) -> Result<(), Reason> {
        let tag = BytesStart::from_content(&*self.tag, self.name);
        for attribute in tag.attributes().with_checks(false) {
            let attribute = attribute.map_err(|error| ill_formed(&error))?;
            let value = attribute.normalized_value(XmlVersion::Implicit1_0);
            take(attribute.key.0, value.map_err(|error| ill_formed(&error))?)?;
        }
        Ok(())
    }
}
