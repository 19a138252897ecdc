package io.hotpod.cli;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import picocli.CommandLine.IVersionProvider;

/** The version that the build wrote into the resources. */
final class Version implements IVersionProvider {
  @Override
  public String[] getVersion() {
    return new String[] {"hotpod " + text()};
  }

  /** Such as {@code 0.1.0}. */
  static String text() {
    try (InputStream stream = Version.class.getResourceAsStream("version")) {
      return stream == null
          ? "unknown"
          : new String(stream.readAllBytes(), StandardCharsets.UTF_8).strip();
    } catch (IOException failure) {
      throw new UncheckedIOException("The version in the hotpod jar cannot be read", failure);
    }
  }
}
