package io.millrace.cli.sql;

import io.millrace.api.client.ApiException;
import io.millrace.api.client.UnreachableException;
import io.millrace.api.sql.Completion;
import io.millrace.api.sql.CompletionRequest;
import org.jline.reader.Candidate;
import org.jline.reader.Completer;
import org.jline.reader.LineReader;
import org.jline.reader.ParsedLine;

import java.util.List;

/** Asks the server what may stand at the cursor: keywords, tables, columns, functions. */
final class PromptCompleter implements Completer {
    private final SqlConnection connection;

    PromptCompleter(SqlConnection connection) {
        this.connection = connection;
    }

    @Override
    public void complete(LineReader reader, ParsedLine line, List<Candidate> candidates) {
        try {
            int order = 0;
            CompletionRequest request = new CompletionRequest(line.line(), line.cursor());
            for (Completion found :
                    connection.sql().complete(connection.session(), request).items()) {
                candidates.add(new Candidate(
                        found.text(), found.text(), null, description(found), null, null, !isFolder(found), order++));
            }
        } catch (ApiException | UnreachableException e) {
            // No suggestion is better than an error in the middle of typing; running the statement will tell.
        }
    }

    private static String description(Completion found) {
        return found.detail() == null ? found.kind() : found.detail();
    }

    /** Behind a catalog or a database comes a dot, not a space. */
    private static boolean isFolder(Completion found) {
        return found.kind().equals("catalog") || found.kind().equals("database");
    }
}
