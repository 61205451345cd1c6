//! The few lines of a file that a frame shows, as miette wants them.
//!
//! miette's own sources are searched from their first byte for every label, which takes a
//! millisecond in a long file; a window holds only what is shown.

use miette::{MietteError, MietteSpanContents, SourceCode, SourceSpan, SpanContents};

/// Lines of a file as they are shown.
#[derive(Debug)]
pub(super) struct Window {
    /// The file's path.
    pub(super) name: String,
    /// The lines, with LF between them.
    pub(super) text: String,
    /// The number of the first one, from 0.
    pub(super) first_line: usize,
    /// Line and column of the place that the headline names, from 0.
    pub(super) position: (usize, usize),
}

impl SourceCode for Window {
    /// The whole window, so that all labels share one frame. Without context lines it is the
    /// headline's position that is asked for: it counts characters of the file, not bytes of
    /// what is shown.
    fn read_span<'a>(
        &'a self,
        span: &SourceSpan,
        context_before: usize,
        context_after: usize,
    ) -> Result<Box<dyn SpanContents<'a> + 'a>, MietteError> {
        let data = self.text.as_bytes();
        let contents = if context_before == 0 && context_after == 0 {
            let (line, column) = self.position;
            let name = self.name.clone();
            MietteSpanContents::new_named(name, &[], *span, line, column, 0)
        } else {
            let whole = SourceSpan::from(0..data.len());
            let lines = self.text.matches('\n').count() + 1;
            MietteSpanContents::new_named(self.name.clone(), data, whole, self.first_line, 0, lines)
        };
        Ok(Box::new(contents))
    }
}
