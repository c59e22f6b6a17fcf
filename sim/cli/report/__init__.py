"""`report`: finished results as Word, Excel, one HTML page and figures."""
