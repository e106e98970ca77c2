package io.millrace.server.secret;

/** Something besides connections that keeps sealed secrets; each of them is found when master keys are rotated. */
public interface SecretKeeper {
    /** Seals all of its secrets with the current master key; answers how many were not sealed with it. */
    int reseal();
}
