"""The words of the product: frozen data, with no behaviour and no import but the standard library."""
