package io.hotpod.e2e;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.belongToAnyOf;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.io.IOException;
import java.io.Reader;
import java.io.Serializable;
import java.io.StringReader;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.net.URLEncoder;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Which part may use which: the rules that keep the modules apart. */
final class TestArchitecture {
  private static final JavaClasses CLASSES =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          .importPackages("io.hotpod");

  /** Each module and the modules that it may use; what is not named here does not exist. */
  private static final Map<String, List<String>> ARROWS =
      Map.of(
          "document", List.of(),
          "template", List.of("document"),
          "pod", List.of("document"),
          "engine", List.of("document", "template", "pod"),
          "server", List.of("document", "template", "pod", "engine"),
          "agent", List.of("document", "pod"),
          "testing", List.of("document"),
          "cli", List.of("document", "template", "pod", "engine", "server", "agent"));

  private static String[] packages(Stream<String> modules) {
    return modules.map(module -> "io.hotpod." + module + "..").toArray(String[]::new);
  }

  static Stream<Arguments> arrows() {
    return ARROWS.entrySet().stream().map(arrow -> Arguments.of(arrow.getKey(), arrow.getValue()));
  }

  @Test
  void everyModuleIsLookedAt() {
    for (String module : ARROWS.keySet()) {
      assertThat(CLASSES.that(resideInAPackage("io.hotpod." + module + ".."))).isNotEmpty();
    }
    assertThat(CLASSES.that(not(resideInAnyPackage(packages(ARROWS.keySet().stream())))))
        .as("classes outside the modules")
        .isEmpty();
  }

  @ParameterizedTest
  @MethodSource("arrows")
  void aModuleUsesOnlyWhatItMay(String module, List<String> allowed) {
    String[] forbidden =
        packages(
            ARROWS.keySet().stream()
                .filter(other -> !other.equals(module) && !allowed.contains(other)));
    noClasses()
        .that()
        .resideInAPackage("io.hotpod." + module + "..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(forbidden)
        .allowEmptyShould(true)
        .check(CLASSES);
  }

  @Test
  void sqlIsInTheStore() {
    noClasses()
        .that()
        .resideOutsideOfPackage("io.hotpod.engine.store..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            "java.sql..",
            "javax.sql..",
            "com.zaxxer..",
            "org.flywaydb..",
            "org.sqlite..",
            "org.postgresql..")
        .check(CLASSES);
  }

  @Test
  void aDatabaseHandleStaysInTheEngine() {
    noClasses()
        .that()
        .resideOutsideOfPackages("io.hotpod.engine..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("org.jdbi..", "com.github.kagkarlsson..")
        .check(CLASSES);
    noClasses()
        .that()
        .resideInAnyPackage(
            "io.hotpod.engine",
            "io.hotpod.engine.plan..",
            "io.hotpod.engine.resource..",
            "io.hotpod.engine.event..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("org.jdbi..", "com.github.kagkarlsson..")
        .check(CLASSES);
    noClasses()
        .that()
        .resideOutsideOfPackages("io.hotpod.engine.store..", "io.hotpod.engine.run..")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("com.github.kagkarlsson..")
        .check(CLASSES);
  }

  @Test
  void onlyTheServerListens() {
    noClasses()
        .that()
        .resideOutsideOfPackage("io.hotpod.server..")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("io.helidon.webserver..")
        .check(CLASSES);
  }

  @Test
  void timeAndIdsAreGivenToTheLogic() {
    noClasses()
        .that()
        .resideOutsideOfPackage("io.hotpod.cli..")
        .and()
        // Settings name the real ones as their defaults.
        .haveSimpleNameNotEndingWith("Settings")
        .should()
        .callMethod(Instant.class, "now")
        .orShould()
        .callMethod(System.class, "currentTimeMillis")
        .orShould()
        .callMethod(UUID.class, "randomUUID")
        .check(CLASSES);
  }

  @Test
  void onlyTheCommandChoosesHowLogsAreWritten() {
    noClasses()
        .that()
        .resideOutsideOfPackage("io.hotpod.cli..")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("java.util.logging..")
        .check(CLASSES);
  }

  @Test
  void languagesAndManifestsDoNoInputOrOutput() {
    Class<?>[] pure = {
      IOException.class,
      UncheckedIOException.class,
      Reader.class,
      StringReader.class,
      Writer.class,
      StringWriter.class,
      Serializable.class,
      URLEncoder.class
    };
    classes()
        .that()
        .resideInAnyPackage("io.hotpod.document..", "io.hotpod.template..", "io.hotpod.pod..")
        .should()
        .onlyDependOnClassesThat(
            not(resideInAnyPackage(
                    "java.io..", "java.nio.file..", "java.nio.channels..", "java.net.."))
                .or(belongToAnyOf(pure)))
        .check(CLASSES);
  }
}
