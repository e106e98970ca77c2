package io.millrace.flink.gateway.grant;

import org.apache.flink.table.operations.Operation;

/** A statement about who may do what. */
public sealed interface AccessOperation extends Operation
        permits GrantOperation, DenyOperation, RevokeOperation, ShowGrantsOperation {}
