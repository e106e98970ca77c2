package io.millrace.server.git;

import org.eclipse.jgit.lib.Config;
import org.eclipse.jgit.storage.file.FileBasedConfig;
import org.eclipse.jgit.util.FS;
import org.eclipse.jgit.util.SystemReader;

/** Has Git's library neither read nor write settings of the machine or of the server's user, nor start {@code git} to find them. */
final class OwnSettings extends SystemReader.Delegate {
    private OwnSettings(SystemReader system) {
        super(system);
    }

    /** For the whole process. */
    static synchronized void use() {
        SystemReader current = SystemReader.getInstance();
        if (!(current instanceof OwnSettings)) {
            SystemReader.setInstance(new OwnSettings(current));
        }
    }

    @Override
    public FileBasedConfig openUserConfig(Config parent, FS fs) {
        return new Empty(parent, fs);
    }

    @Override
    public FileBasedConfig openSystemConfig(Config parent, FS fs) {
        return new Empty(parent, fs);
    }

    @Override
    public FileBasedConfig openJGitConfig(Config parent, FS fs) {
        return new Empty(parent, fs);
    }

    /** Settings that are in no file. */
    private static final class Empty extends FileBasedConfig {
        Empty(Config parent, FS fs) {
            super(parent, null, fs);
        }

        @Override
        public void load() {}

        @Override
        public void save() {}

        @Override
        public boolean isOutdated() {
            return false;
        }
    }
}
