"""What commands write into a vault: settings and templates, a new note, the parts of a template in a note."""
