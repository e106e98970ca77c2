package io.millrace.cli.workspace;

import io.millrace.api.workspace.WorkspaceRole;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

import java.util.Locale;

/** Reads a role, whatever the case. */
final class RoleName implements ITypeConverter<WorkspaceRole> {
    @Override
    public WorkspaceRole convert(String text) {
        try {
            return WorkspaceRole.valueOf(text.toUpperCase(Locale.ROOT));
        } catch (IllegalArgumentException e) {
            throw new TypeConversionException("'" + text + "' is not one of viewer, operator, editor, owner");
        }
    }
}
