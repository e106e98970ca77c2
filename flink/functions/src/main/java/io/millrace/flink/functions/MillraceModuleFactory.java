package io.millrace.flink.functions;

import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.table.factories.FactoryUtil;
import org.apache.flink.table.factories.ModuleFactory;
import org.apache.flink.table.module.Module;

import java.util.Set;

/** Lets Flink find {@link MillraceModule} by the name {@code millrace}; loaded by Java's service loader. */
public final class MillraceModuleFactory implements ModuleFactory {
    @Override
    public String factoryIdentifier() {
        return "millrace";
    }

    @Override
    public Module createModule(Context context) {
        FactoryUtil.createModuleFactoryHelper(this, context).validate();
        return new MillraceModule();
    }

    @Override
    public Set<ConfigOption<?>> requiredOptions() {
        return Set.of();
    }

    @Override
    public Set<ConfigOption<?>> optionalOptions() {
        return Set.of();
    }
}
