"""The content of reports: documents of headings, sentences, tables and figures made from finished results by rules."""
