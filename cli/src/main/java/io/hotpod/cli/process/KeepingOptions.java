package io.hotpod.cli.process;

import io.hotpod.cli.session.CommandFailure;
import io.hotpod.engine.EngineLimits;
import io.hotpod.engine.EngineSettings;
import io.hotpod.engine.Retries;
import io.hotpod.engine.keeping.Retention;
import java.time.Duration;
import java.util.Optional;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** How much a server takes in, and how long it keeps what is over. picocli fills the fields. */
final class KeepingOptions {
  private static final String FOREVER = "forever";

  @Option(
      names = "--max-resources",
      paramLabel = "N",
      description = "In a stack with all stacks inside it (default: ${DEFAULT-VALUE}).")
  private int resources = EngineLimits.DEFAULT.resourcesPerTree();

  @Option(
      names = "--max-depth",
      paramLabel = "N",
      description = "Of stacks inside of stacks (default: ${DEFAULT-VALUE}).")
  private int depth = EngineLimits.DEFAULT.nestedDepth();

  @Option(
      names = "--max-stacks",
      paramLabel = "N",
      description = "In a project (default: ${DEFAULT-VALUE}).")
  private int stacks = EngineLimits.DEFAULT.stacksPerProject();

  @Option(
      names = "--max-template",
      paramLabel = "N",
      description = "Characters of a template (default: ${DEFAULT-VALUE}).")
  private int template = EngineLimits.DEFAULT.templateCharacters();

  @Option(
      names = "--max-snapshots",
      paramLabel = "N",
      description = "Of a stack (default: ${DEFAULT-VALUE}).")
  private int snapshots = EngineLimits.DEFAULT.snapshotsPerStack();

  @Option(
      names = "--max-configs",
      paramLabel = "N",
      description = "Software configs in a project (default: ${DEFAULT-VALUE}).")
  private int configs = EngineLimits.DEFAULT.configsPerProject();

  @Option(
      names = "--max-deployments",
      paramLabel = "N",
      description = "Software deployments in a project (default: ${DEFAULT-VALUE}).")
  private int deployments = EngineLimits.DEFAULT.deploymentsPerProject();

  @Option(
      names = "--max-retries",
      paramLabel = "N",
      description = {
        "Further attempts of a step whose failure may pass by itself, 0 for none",
        "(default: ${DEFAULT-VALUE})."
      })
  private int retries = Retries.DEFAULT.limit();

  @Option(
      names = "--keep-events",
      paramLabel = "N",
      description = "The newest so many of a stack stay (default: ${DEFAULT-VALUE}).")
  private int events = Retention.DEFAULT.eventsPerStack();

  @Option(
      names = "--keep-deleted",
      paramLabel = "TIME",
      converter = TimeConverter.class,
      description = "How long a deleted stack can be looked at, such as 12h (default: 30d).")
  private Duration deleted = Retention.DEFAULT.deletedStacks();

  @Option(
      names = "--keep-operations",
      paramLabel = "TIME",
      converter = TimeConverter.class,
      description = "How long operations that have ended are kept (default: 7d).")
  private Duration operations = Retention.DEFAULT.operations();

  @Option(
      names = "--keep-idempotency-keys",
      paramLabel = "TIME",
      converter = TimeConverter.class,
      description = "After which a request with the same key is a new one (default: 7d).")
  private Duration keys = Retention.DEFAULT.idempotencyKeys();

  @Option(
      names = "--keep-unused-configs",
      paramLabel = "TIME",
      description = {
        "After which pod and software configs go that no stack and no deployment names",
        "(default: ${DEFAULT-VALUE})."
      })
  private String unusedConfigs = FOREVER;

  /** Whole minutes, hours or days. */
  static final class TimeConverter implements ITypeConverter<Duration> {
    @Override
    public Duration convert(String text) {
      if (text.matches("[0-9]{1,6}[mhd]")) {
        long number = Long.parseLong(text.substring(0, text.length() - 1));
        return switch (text.charAt(text.length() - 1)) {
          case 'm' -> Duration.ofMinutes(number);
          case 'h' -> Duration.ofHours(number);
          default -> Duration.ofDays(number);
        };
      }
      throw new TypeConversionException(
          "'" + text + "' is not a time in whole minutes, hours or days, such as 12h or 30d");
    }
  }

  /** The settings with what was chosen. */
  EngineSettings apply(EngineSettings settings) {
    requireSome("--max-resources", resources);
    requireSome("--max-depth", depth);
    requireSome("--max-stacks", stacks);
    requireSome("--max-template", template);
    requireSome("--max-snapshots", snapshots);
    requireSome("--max-configs", configs);
    requireSome("--max-deployments", deployments);
    requireSome("--keep-events", events);
    if (retries < 0) {
      throw CommandFailure.usage("--max-retries: %d is less than 0.".formatted(retries));
    }
    return settings
        .withLimits(
            new EngineLimits(resources, depth, stacks, template, snapshots, configs, deployments))
        .withRetries(Retries.DEFAULT.upTo(retries))
        .withRetention(
            new Retention(
                events,
                deleted,
                operations,
                keys,
                Retention.DEFAULT.joinTokens(),
                unusedConfigs(),
                Retention.DEFAULT.interval()));
  }

  private Optional<Duration> unusedConfigs() {
    try {
      return unusedConfigs.equals(FOREVER)
          ? Optional.empty()
          : Optional.of(new TimeConverter().convert(unusedConfigs));
    } catch (TypeConversionException e) {
      throw CommandFailure.usage("--keep-unused-configs: " + e.getMessage() + ".");
    }
  }

  private static void requireSome(String option, int value) {
    if (value < 1) {
      throw CommandFailure.usage("%s: %d is less than 1.".formatted(option, value));
    }
  }
}
