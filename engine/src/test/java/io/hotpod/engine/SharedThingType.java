package io.hotpod.engine;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.hotpod.engine.resource.Physical;
import io.hotpod.engine.resource.ResourceContext;
import io.hotpod.engine.resource.ResourceType;
import io.hotpod.template.schema.ResourceSchema;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * A thing that is a file named by its token, in a directory that several processes share and that
 * outlives them. Whoever begins to make one says so in a journal of that directory.
 */
final class SharedThingType implements ResourceType {
  static final String NAME = "Test::Shared::Thing";

  private static final Duration WORK = Duration.ofMillis(400);
  private static final ResourceSchema SCHEMA =
      ResourceSchema.of(NAME, "A file.", List.of(), List.of());

  private final Path directory;

  SharedThingType(Path directory) {
    this.directory = directory;
  }

  /** One beginning, by one process. */
  record Call(long millis, long process, String stackId, String resource, String token) {}

  static Path journal(Path directory) {
    return directory.resolve("calls");
  }

  static List<Call> calls(Path directory) throws IOException {
    return Files.readAllLines(journal(directory)).stream()
        .map(line -> line.split(" ", -1))
        // The last one may be in the middle of being written.
        .filter(parts -> parts.length == 6 && parts[5].equals("."))
        .map(
            parts ->
                new Call(
                    Long.parseLong(parts[0]),
                    Long.parseLong(parts[1]),
                    parts[2],
                    parts[3],
                    parts[4]))
        .toList();
  }

  @Override
  public ResourceSchema schema() {
    return SCHEMA;
  }

  @Override
  public Physical create(ResourceContext context) {
    String token = context.resource().token().orElseThrow().value();
    try {
      Files.writeString(
          journal(directory),
          "%d %d %s %s %s .\n"
              .formatted(
                  System.currentTimeMillis(),
                  ProcessHandle.current().pid(),
                  context.stack().id(),
                  context.resource().name(),
                  token),
          UTF_8,
          StandardOpenOption.APPEND);
      context.await(List.of(), WORK, Optional::empty);
      Files.createFile(directory.resolve("thing-" + token));
    } catch (FileAlreadyExistsException e) {
      // Made by a process that died before it could say so.
      return Physical.of(token);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return Physical.of(token);
  }
}
