package io.millrace.cli.sql;

/**
 * One statement of a script, as written, without the semicolon that ends it.
 *
 * @param text from its first to its last word; comments before and after it are left out
 * @param line where it begins in the script, from 1
 * @param column where it begins in that line, from 1
 * @param terminated whether a semicolon followed
 */
public record Statement(String text, int line, int column, boolean terminated) {}
