/* A library needs a source file; the symbols are the system library's. */
int unit_not_empty;
