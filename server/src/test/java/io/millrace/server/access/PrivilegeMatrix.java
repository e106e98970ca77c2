package io.millrace.server.access;

import io.millrace.api.Json;
import io.millrace.api.job.CheckpointScheduler;
import io.millrace.api.job.JobSpec;
import io.millrace.core.access.Privilege;
import io.millrace.core.access.Securable.Kind;
import io.millrace.server.job.PlannedGateway;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** What each call of the API takes. */
final class PrivilegeMatrix {
    static final String TABLES = "/catalogs/kafka/databases/main/tables";
    static final String TABLE = TABLES + "/$";
    static final String FUNCTIONS = "/catalogs/kafka/databases/main/functions";
    static final String FUNCTION = FUNCTIONS + "/$";
    static final String SNAPSHOTS = "/workspaces/default/jobs/$/snapshots";

    /** The one that the test gives to each job: {@code £} stands for its id. */
    static final String SNAPSHOT = SNAPSHOTS + "/£";

    static final String DEFINITION = "{\"name\":\"$\",\"kind\":\"TABLE\",\"columns\":[{\"name\":\"id\","
            + "\"kind\":\"PHYSICAL\",\"type\":\"BIGINT\",\"virtual\":false}],\"partitionKeys\":[],\"watermarks\":[],"
            + "\"options\":{\"topic\":\"$\"}}";
    static final String REDIS = "{\"name\":\"$\",\"kind\":\"redis\",\"fields\":{\"host\":\"127.0.0.1\",\"port\":6379}}";

    static final String SPEC = Json.write(
            new JobSpec(PlannedGateway.INSERT, null, null, null, null, CheckpointScheduler.SERVER, null, null));

    /** What a call on an object takes, and besides. {@code $} stands for the object's name. */
    record Row(
            String operation,
            String method,
            String path,
            String body,
            Kind kind,
            Privilege privilege,
            Set<Privilege> besides) {
        Row(String operation, String method, String path, String body, Kind kind, Privilege privilege) {
            this(operation, method, path, body, kind, privilege, Set.of());
        }

        Set<Privilege> all() {
            Set<Privilege> all = new HashSet<>(besides);
            all.add(privilege);
            return all;
        }
    }

    static final List<Row> ROWS = List.of(
            new Row("getTable", "GET", TABLE, "", Kind.TABLE, Privilege.DESCRIBE),
            new Row("listTableVersions", "GET", TABLE + "/versions", "", Kind.TABLE, Privilege.DESCRIBE),
            new Row("getTableLineage", "GET", "/lineage/tables/kafka/main/$", "", Kind.TABLE, Privilege.DESCRIBE),
            new Row(
                    "getLineageImpact",
                    "GET",
                    "/lineage/impact?table=kafka.main.$",
                    "",
                    Kind.TABLE,
                    Privilege.DESCRIBE),
            new Row("commentTable", "PATCH", TABLE, "{\"comment\":\"new\"}", Kind.TABLE, Privilege.ALTER),
            new Row("replaceTable", "PUT", TABLE, DEFINITION, Kind.TABLE, Privilege.ALTER),
            new Row("dropTable", "DELETE", TABLE, "", Kind.TABLE, Privilege.DROP),
            new Row(
                    "createTable",
                    "POST",
                    TABLES,
                    "{\"definition\":" + DEFINITION.replace("$", "$_") + "}",
                    Kind.DATABASE,
                    Privilege.CREATE),
            new Row("refreshCatalog", "POST", "/catalogs/postgres/refreshes", "{}", Kind.CATALOG, Privilege.DESCRIBE),
            new Row("getFunction", "GET", FUNCTION, "", Kind.FUNCTION, Privilege.DESCRIBE),
            new Row("listFunctionVersions", "GET", FUNCTION + "/versions", "", Kind.FUNCTION, Privilege.DESCRIBE),
            new Row("dropFunction", "DELETE", FUNCTION, "", Kind.FUNCTION, Privilege.DROP),
            new Row("getConnection", "GET", "/connections/$", "", Kind.CONNECTION, Privilege.DESCRIBE),
            new Row("listConnectionChanges", "GET", "/connections/$/changes", "", Kind.CONNECTION, Privilege.DESCRIBE),
            new Row(
                    "patchConnection",
                    "PATCH",
                    "/connections/$",
                    "{\"comment\":\"new\"}",
                    Kind.CONNECTION,
                    Privilege.ALTER),
            new Row(
                    "updateConnection",
                    "PUT",
                    "/connections/$",
                    "{\"fields\":{\"host\":\"127.0.0.1\",\"port\":6380}}",
                    Kind.CONNECTION,
                    Privilege.ALTER),
            new Row("deleteConnection", "DELETE", "/connections/$", "", Kind.CONNECTION, Privilege.DROP),
            new Row("testConnection", "POST", "/connections/$/tests", "", Kind.CONNECTION, Privilege.USE),
            new Row(
                    "createConnection",
                    "POST",
                    "/connections?dryRun=true",
                    REDIS.replace("$", "$_2"),
                    Kind.SERVER,
                    Privilege.CREATE),
            new Row("testNewConnection", "POST", "/connection-tests", REDIS, Kind.SERVER, Privilege.CREATE),
            new Row("rotateSecrets", "POST", "/secret-rotations", "", Kind.SERVER, Privilege.ALTER),
            new Row("getJob", "GET", "/workspaces/default/jobs/$", "", Kind.JOB, Privilege.DESCRIBE),
            new Row("listJobVersions", "GET", "/workspaces/default/jobs/$/versions", "", Kind.JOB, Privilege.DESCRIBE),
            new Row(
                    "compareJobVersions",
                    "GET",
                    "/workspaces/default/jobs/$/versions/1/compatibility?from=1",
                    "",
                    Kind.JOB,
                    Privilege.DESCRIBE),
            new Row(
                    "proveJobVersion",
                    "POST",
                    "/workspaces/default/jobs/$/versions/1/proofs",
                    "{}",
                    Kind.JOB,
                    Privilege.OPERATE),
            new Row("listProofs", "GET", "/workspaces/default/jobs/$/proofs", "", Kind.JOB, Privilege.DESCRIBE),
            new Row("getProof", "GET", "/workspaces/default/jobs/$/proofs/£", "", Kind.JOB, Privilege.DESCRIBE),
            new Row("listJobAttempts", "GET", "/workspaces/default/jobs/$/attempts", "", Kind.JOB, Privilege.DESCRIBE),
            new Row("getJobAttempt", "GET", "/workspaces/default/jobs/$/attempts/1", "", Kind.JOB, Privilege.DESCRIBE),
            new Row(
                    "getJobBundle",
                    "GET",
                    "/workspaces/default/jobs/$/attempts/1/bundle",
                    "",
                    Kind.JOB,
                    Privilege.OPERATE),
            new Row("searchJobLogs", "GET", "/workspaces/default/jobs/$/logs", "", Kind.JOB, Privilege.OPERATE),
            new Row("downloadJobLogs", "GET", "/workspaces/default/jobs/$/logs/text", "", Kind.JOB, Privilege.OPERATE),
            new Row(
                    "searchAttemptLogs",
                    "GET",
                    "/workspaces/default/jobs/$/attempts/1/logs",
                    "",
                    Kind.JOB,
                    Privilege.OPERATE),
            new Row(
                    "downloadAttemptLogs",
                    "GET",
                    "/workspaces/default/jobs/$/attempts/1/logs/text",
                    "",
                    Kind.JOB,
                    Privilege.OPERATE),
            new Row("listJobEvents", "GET", "/workspaces/default/jobs/$/events", "", Kind.JOB, Privilege.DESCRIBE),
            new Row(
                    "patchJob",
                    "PATCH",
                    "/workspaces/default/jobs/$",
                    "{\"desired\":\"STOPPED\"}",
                    Kind.JOB,
                    Privilege.OPERATE),
            new Row(
                    "listCheckpoints",
                    "GET",
                    "/workspaces/default/jobs/$/checkpoints",
                    "",
                    Kind.JOB,
                    Privilege.DESCRIBE),
            new Row(
                    "triggerCheckpoint",
                    "POST",
                    "/workspaces/default/jobs/$/checkpoints",
                    "{}",
                    Kind.JOB,
                    Privilege.OPERATE),
            new Row(
                    "getCheckpointRequest",
                    "GET",
                    "/workspaces/default/jobs/$/checkpoints/0123456789abcdef0123456789abcdef",
                    "",
                    Kind.JOB,
                    Privilege.DESCRIBE),
            new Row(
                    "startCheckpointScheduler",
                    "POST",
                    "/workspaces/default/jobs/$/checkpoint-scheduler/start",
                    "",
                    Kind.JOB,
                    Privilege.OPERATE),
            new Row(
                    "stopCheckpointScheduler",
                    "POST",
                    "/workspaces/default/jobs/$/checkpoint-scheduler/stop",
                    "",
                    Kind.JOB,
                    Privilege.OPERATE),
            new Row(
                    "updateCheckpointConfig",
                    "PUT",
                    "/workspaces/default/jobs/$/checkpoint-config",
                    "{}",
                    Kind.JOB,
                    Privilege.OPERATE),
            new Row("listSnapshots", "GET", SNAPSHOTS, "", Kind.JOB, Privilege.DESCRIBE),
            new Row("getSnapshot", "GET", SNAPSHOT, "", Kind.JOB, Privilege.DESCRIBE),
            new Row("triggerSnapshot", "POST", SNAPSHOTS, "", Kind.JOB, Privilege.OPERATE),
            new Row("patchSnapshot", "PATCH", SNAPSHOT, "{\"pinned\":false}", Kind.JOB, Privilege.OPERATE),
            new Row("disposeSnapshot", "DELETE", SNAPSHOT, "", Kind.JOB, Privilege.ALTER),
            new Row(
                    "importSnapshot",
                    "POST",
                    "/workspaces/default/jobs/$/snapshot-imports",
                    "{\"path\":\"IMPORTS/default/savepoint\"}",
                    Kind.JOB,
                    Privilege.ALTER),
            new Row("disposeSnapshotOrphan", "DELETE", "/snapshot-orphans/£", "", Kind.WORKSPACE, Privilege.DROP),
            new Row(
                    "patchJobLabels",
                    "PATCH",
                    "/workspaces/default/jobs/$/labels",
                    "{\"tags\":[\"x\"]}",
                    Kind.JOB,
                    Privilege.ALTER),
            new Row("deleteJob", "DELETE", "/workspaces/default/jobs/$", "", Kind.JOB, Privilege.DROP),
            new Row("applyJob", "PUT", "/workspaces/default/jobs/$?dryRun=true", SPEC, Kind.JOB, Privilege.ALTER),
            new Row("getWorkspace", "GET", "/workspaces/$", "", Kind.WORKSPACE, Privilege.DESCRIBE),
            new Row("listWorkspaceMembers", "GET", "/workspaces/$/members", "", Kind.WORKSPACE, Privilege.DESCRIBE),
            new Row("listGitPulls", "GET", "/workspaces/$/git/pulls", "", Kind.WORKSPACE, Privilege.DESCRIBE),
            new Row(
                    "patchWorkspace",
                    "PATCH",
                    "/workspaces/$",
                    "{\"comment\":\"new\"}",
                    Kind.WORKSPACE,
                    Privilege.ALTER),
            new Row("deleteWorkspace", "DELETE", "/workspaces/$", "", Kind.WORKSPACE, Privilege.DROP),
            new Row("createWorkspace", "POST", "/workspaces", "{\"name\":\"$-2\"}", Kind.SERVER, Privilege.CREATE),
            new Row("applyJob", "PUT", "/workspaces/$/jobs/new", SPEC, Kind.WORKSPACE, Privilege.CREATE),
            new Row(
                    "putWorkspaceMember",
                    "PUT",
                    "/workspaces/$/members/users/local",
                    "{\"role\":\"VIEWER\"}",
                    Kind.WORKSPACE,
                    Privilege.GRANT,
                    Set.of(Privilege.USE, Privilege.DESCRIBE)),
            new Row(
                    "removeWorkspaceMember",
                    "DELETE",
                    "/workspaces/$/members/users/local",
                    "",
                    Kind.WORKSPACE,
                    Privilege.GRANT),
            new Row(
                    "grant",
                    "POST",
                    "/grants",
                    "{\"to\":{\"kind\":\"USER\",\"name\":\"local\"},\"object\":{\"kind\":\"TABLE\",\"path\":[\"kafka\","
                            + "\"main\",\"$\"]},\"privileges\":[\"GRANT\"]}",
                    Kind.TABLE,
                    Privilege.GRANT),
            new Row(
                    "revoke",
                    "POST",
                    "/revocations",
                    "{\"to\":{\"kind\":\"USER\",\"name\":\"local\"},\"object\":{\"kind\":\"TABLE\",\"path\":[\"kafka\","
                            + "\"main\",\"$\"]},\"privileges\":[\"READ\"]}",
                    Kind.TABLE,
                    Privilege.GRANT));

    /** The same calls on what else privileges are granted on. */
    static final List<Row> GRANTS = Stream.of(
                    new GrantOn(Kind.FUNCTION, "\"kafka\",\"main\",\"$\"", Privilege.EXECUTE),
                    new GrantOn(Kind.CONNECTION, "\"$\"", Privilege.USE),
                    new GrantOn(Kind.JOB, "\"default\",\"$\"", Privilege.OPERATE),
                    new GrantOn(Kind.WORKSPACE, "\"$\"", Privilege.CREATE),
                    new GrantOn(Kind.DATABASE, "\"kafka\",\"main\"", Privilege.USE),
                    new GrantOn(Kind.CATALOG, "\"postgres\"", Privilege.CREATE),
                    new GrantOn(Kind.SERVER, "", Privilege.DROP))
            .flatMap(GrantOn::rows)
            .toList();

    private record GrantOn(Kind kind, String path, Privilege granted) {
        Stream<Row> rows() {
            String body = "{\"to\":{\"kind\":\"USER\",\"name\":\"local\"},\"object\":{\"kind\":\"" + kind
                    + "\",\"path\":[" + path + "]},\"privileges\":[\"" + granted + "\"]}";
            return Stream.of(
                    new Row("grant", "POST", "/grants", body, kind, Privilege.GRANT, Set.of(granted)),
                    new Row("revoke", "POST", "/revocations", body, kind, Privilege.GRANT));
        }
    }

    /** Asked of a job that does not run, they get as far as to say so. */
    static final Set<String> NEEDS_RUNNING = Set.of("triggerCheckpoint");

    /** Lists: what may not be seen is left out. */
    static final Set<String> FILTERED = Set.of(
            "listJobs",
            "listDeletedJobs",
            "streamJobEvents",
            "listJobTags",
            "listSnapshotOrphans",
            "listWorkspaces",
            "listCatalogs",
            "listDatabases",
            "listTables",
            "listDroppedTables",
            "listFunctions",
            "listDroppedFunctions",
            "searchCatalogs",
            "listConnections",
            "listGrants");

    /** By the same use case as one of the rows, but on what was dropped before, on many or with more around it. */
    static final Set<String> AS_OTHERS = Set.of(
            "restoreTable",
            "purgeTable",
            "changeJobs",
            "restoreJob",
            "purgeJob",
            "createFunction",
            "alterFunction",
            "restoreFunction",
            "getGit",
            "setGit",
            "removeGit",
            "pullGit",
            "getGitPull",
            "runSqlStatement",
            "analyseSql");

    /** About oneself, one's own sessions, or nothing that is anybody's. */
    static final Set<String> OPEN = Set.of(
            "getInfo",
            "listTargets",
            "listConnectors",
            "listConnectionKinds",
            "openSqlSession",
            "closeSqlSession",
            "getSqlStatement",
            "cancelSqlStatement",
            "listSqlRows",
            "completeSql",
            "setUp",
            "getSession",
            "signIn",
            "signOut",
            "getSignInWays",
            "startOidc",
            "makeSignInLink",
            "setPassword",
            "listTokens",
            "createToken",
            "revokeToken");

    static final Set<String> ADMINISTRATORS = Set.of(
            "listUsers",
            "createUser",
            "getUser",
            "updateUser",
            "deleteUser",
            "listGroups",
            "createGroup",
            "deleteGroup",
            "listMembers",
            "addMember",
            "removeMember",
            "listActivity");

    private PrivilegeMatrix() {}
}
