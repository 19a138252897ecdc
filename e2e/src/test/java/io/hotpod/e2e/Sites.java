package io.hotpod.e2e;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * Opens sites for tests and sees to it that nothing of them stays, however the tests end.
 * Directories with the logs are kept until the next run.
 */
final class Sites implements AfterEachCallback, AfterAllCallback {
  private static final AtomicInteger NUMBER = new AtomicInteger();

  private final boolean shared;
  private final String name;
  private final List<Site> sites = new ArrayList<>();

  private Sites(String name, boolean shared) {
    this.name = name;
    this.shared = shared;
  }

  /** For a static field: the sites are those of all tests of the class. */
  static Sites ofClass(String name) {
    return new Sites(name, true);
  }

  /** For a field of the instance: each test has sites of its own. */
  static Sites ofEachTest(String name) {
    return new Sites(name, false);
  }

  /** A site where nothing runs yet. */
  Site open() {
    Path directory = Project.work().resolve(name + "-" + NUMBER.incrementAndGet());
    try {
      delete(directory);
      Files.createDirectories(directory);
    } catch (IOException e) {
      throw new java.io.UncheckedIOException("cannot make " + directory, e);
    }
    Site site = new Site(directory);
    sites.add(site);
    return site;
  }

  private static void delete(Path directory) throws IOException {
    if (!Files.exists(directory)) {
      return;
    }
    try (Stream<Path> paths = Files.walk(directory)) {
      for (Path path : paths.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(path);
      }
    }
  }

  @Override
  public void afterEach(ExtensionContext context) throws IOException {
    if (!shared) {
      close();
    }
  }

  @Override
  public void afterAll(ExtensionContext context) throws IOException {
    close();
  }

  private void close() throws IOException {
    IOException failure = new IOException("not everything could be cleaned up");
    for (Site site : sites) {
      try {
        site.close();
      } catch (IOException | RuntimeException | AssertionError e) {
        failure.addSuppressed(e);
      }
    }
    sites.clear();
    if (failure.getSuppressed().length > 0) {
      throw failure;
    }
  }
}
