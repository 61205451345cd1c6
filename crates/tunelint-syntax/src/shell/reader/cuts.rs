//! Decides which line ends cut a command that was meant to go on.

use tunelint_base::Span;

use super::super::{BreakKind, BrokenContinuation, BrokenLine, Word, continuation};
use super::{Mode, Reader};

impl Reader<'_> {
    /// Ends the command in progress at `line`, which was meant to continue it.
    pub(super) fn cut(&mut self, line: BrokenLine) {
        let in_chain = self.in_chain;
        self.finish();
        self.in_chain = in_chain;
        self.cuts.push(line);
        self.line_begun = false;
    }

    pub(super) fn comment(&mut self, comment: Span, continued: bool) {
        let start = self.text[..comment.start as usize]
            .rfind('\n')
            .map_or(0, |n| n + 1);
        let tail = &self.text[comment.end as usize..];
        let line_end = tail.find('\n').map_or(tail.len(), |n| n + 1);
        let whole_line = BrokenLine {
            kind: BreakKind::CommentLine,
            span: Span::new(start, comment.end as usize + line_end),
        };
        if self.has_command() {
            if continued {
                self.cut(whole_line);
            } else if let Some(line) = continuation::in_comment(self.text, comment) {
                self.cut(line);
            }
        } else if !self.cuts.is_empty() && self.line_begun {
            self.cuts.push(whole_line);
            self.line_begun = false;
        }
    }

    pub(super) fn newline(&mut self, line: Span, continued: bool) {
        if self.has_command() && continued {
            let start = self.text[..line.start as usize]
                .rfind('\n')
                .map_or(0, |n| n + 1);
            let span = Span::new(start, line.end as usize);
            self.cut(BrokenLine {
                kind: BreakKind::BlankLine,
                span,
            });
            self.line_begun = true;
        } else if self.cuts.is_empty() {
            self.in_chain = false;
            self.finish();
        } else if self.line_begun {
            let start = self.text[..line.start as usize]
                .rfind('\n')
                .map_or(0, |n| n + 1);
            let span = Span::new(start, line.end as usize);
            self.cuts.push(BrokenLine {
                kind: BreakKind::BlankLine,
                span,
            });
        } else {
            self.line_begun = true;
        }
        if self.mode == Mode::Head {
            self.mode = Mode::Command;
        }
        if !self.has_command() && self.cuts.is_empty() {
            self.blocks.end_list(true);
        }
    }

    /// Decides, now that the next word is known, whether the cuts before it cut a command.
    pub(super) fn settle(&mut self, word: &Word) {
        let cuts = std::mem::take(&mut self.cuts);
        let Some(first) = cuts.first() else {
            return;
        };
        let trailing = matches!(
            first.kind,
            BreakKind::TrailingBlanks | BreakKind::TrailingComment
        );
        let is_option = word.text.starts_with('-');
        let last = self.script.commands.len().saturating_sub(1);
        if !(is_option || (trailing && cuts.len() == 1)) || self.script.commands.is_empty() {
            self.in_chain = false;
        } else if self.in_chain
            && let Some(broken) = self.script.broken_continuations.last_mut()
        {
            broken.lines.extend(cuts);
            broken.commands.end = last + 2;
        } else {
            self.in_chain = true;
            self.script.broken_continuations.push(BrokenContinuation {
                lines: cuts,
                command: self.script.commands[last].span,
                next: word.span,
                commands: last..last + 2,
            });
        }
    }
}
