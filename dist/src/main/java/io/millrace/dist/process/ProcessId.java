package io.millrace.dist.process;

/**
 * One process, unmistakable even after its number was given to another one: the kernel's start time never comes twice.
 *
 * @param startTicks clock ticks between the boot of the machine and the start of the process
 */
public record ProcessId(long pid, long startTicks) {
    public ProcessId {
        if (pid < 1) {
            throw new IllegalArgumentException("a pid is positive, got " + pid);
        }
    }
}
