"""From an evaluation to what people read: tables, figures, sentences, pages and workbooks."""
