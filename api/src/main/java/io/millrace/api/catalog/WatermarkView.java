package io.millrace.api.catalog;

/** A watermark strategy: the row-time column and the SQL expression of its watermark. */
public record WatermarkView(String column, String expression) {}
