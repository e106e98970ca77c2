package io.millrace.server;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.simpleNameEndingWith;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.methods;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noFields;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.core.importer.Location;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import io.millrace.server.http.Public;
import io.millrace.server.http.Requires;
import jakarta.inject.Inject;
import jakarta.ws.rs.HttpMethod;

import java.time.Clock;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZonedDateTime;

/** The rules of the server's structure. Each message says what to do. */
@AnalyzeClasses(
        packages = "io.millrace",
        importOptions = {ImportOption.DoNotIncludeTests.class, ArchitectureTest.NoContracts.class})
class ArchitectureTest {
    private static final String[] EDGE = {
        "jakarta.enterprise..", "jakarta.inject..", "jakarta.ws.rs..", "io.quarkus..", "io.vertx.."
    };

    @ArchTest
    static final ArchRule FEATURES_HAVE_NO_CYCLES = slices().matching("io.millrace.server.(*)..")
            .should()
            .beFreeOfCycles()
            .because("a feature calls another one's service; let one of the two own the shared noun");

    @ArchTest
    static final ArchRule CORE_IS_PURE = classes()
            .that()
            .resideInAPackage("io.millrace.core..")
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage("io.millrace.core..", "java..", "org.jspecify..")
            .because("decisions stay free of I/O and frameworks; put the effect behind a port");

    @ArchTest
    static final ArchRule CORE_TOUCHES_NO_OUTSIDE = noClasses()
            .that()
            .resideInAPackage("io.millrace.core..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("java.nio.file..", "java.net.http..", "java.sql..", "java.util.logging..")
            .because("core neither reads nor logs; put the effect behind a port");

    @ArchTest
    static final ArchRule THE_CONTAINER_STAYS_AT_THE_EDGE = noClasses()
            .that()
            .resideInAPackage("io.millrace.server..")
            .and()
            .resideOutsideOfPackages(
                    "io.millrace.server.http..", "io.millrace.server.boot..", "io.millrace.server.db..")
            .and(not(simpleNameEndingWith("Wiring")))
            .and(not(simpleNameEndingWith("Resource")))
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(EDGE)
            .because("services, stores and loops are built with new; wire them in XWiring, expose them in XResource");

    @ArchTest
    static final ArchRule STORES_AND_RESOURCES_STAY_IN_THEIR_FEATURE = classes()
            .that(resideInAPackage("io.millrace.server..").and(storeOrResource()))
            .should(beUsedInTheirPackageOnly())
            .because("another feature calls the service");

    @ArchTest
    static final ArchRule NO_VAGUE_PACKAGES = noClasses()
            .should()
            .resideInAnyPackage("..util..", "..common..", "..manager..", "..impl..", "..dto..", "..helper..")
            .because("a package is a noun of the domain");

    @ArchTest
    static final ArchRule TIME_COMES_FROM_A_CLOCK = noClasses()
            .should()
            .callMethod(Instant.class, "now")
            .orShould()
            .callMethod(LocalDateTime.class, "now")
            .orShould()
            .callMethod(ZonedDateTime.class, "now")
            .orShould()
            .callMethod(Clock.class, "systemDefaultZone")
            .because("tests turn the clock; take a Clock and call clock.instant()");

    @ArchTest
    static final ArchRule NOTHING_IS_INJECTED_INTO_FIELDS =
            noFields().should().beAnnotatedWith(Inject.class).because("a constructor shows what a class needs");

    @ArchTest
    static final ArchRule THE_SERVER_LOGS = noClasses()
            .that()
            .resideInAPackage("io.millrace.server..")
            .should()
            .accessField(System.class, "out")
            .orShould()
            .accessField(System.class, "err")
            .because("what the server says goes through its log");

    @ArchTest
    static final ArchRule REACTIVE_TYPES_STAY_IN_HTTP = noClasses()
            .that()
            .resideOutsideOfPackage("io.millrace.server.http..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("io.smallrye.mutiny..")
            .because("our signatures are plain and blocking");

    @ArchTest
    static final ArchRule EVERY_CALL_SAYS_WHO_MAY_MAKE_IT = methods()
            .that()
            .areMetaAnnotatedWith(HttpMethod.class)
            .should()
            .beAnnotatedWith(Requires.class)
            .orShould()
            .beAnnotatedWith(Public.class)
            .because("a resource method with neither @Requires nor @Public is closed");

    private static DescribedPredicate<JavaClass> storeOrResource() {
        return DescribedPredicate.describe(
                "stores and resources",
                type -> type.getSimpleName().matches("Sql\\w+Store|\\w+Resource") && !type.isInterface());
    }

    private static ArchCondition<JavaClass> beUsedInTheirPackageOnly() {
        return new ArchCondition<>("be used in their own package only") {
            @Override
            public void check(JavaClass type, ConditionEvents events) {
                type.getDirectDependenciesToSelf().stream()
                        .filter(use -> !use.getOriginClass().getPackageName().equals(type.getPackageName()))
                        .forEach(use -> events.add(SimpleConditionEvent.violated(type, use.getDescription())));
            }
        };
    }

    /** Core's contract tests come in a jar or, in a build of several modules, from a folder. */
    static final class NoContracts implements ImportOption {
        @Override
        public boolean includes(Location location) {
            return !location.contains("-tests.jar") && !location.contains("/test-classes/");
        }
    }
}
