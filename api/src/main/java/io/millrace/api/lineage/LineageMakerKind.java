package io.millrace.api.lineage;

/** What makes columns of columns. */
public enum LineageMakerKind {
    JOB,
    VIEW
}
