package io.hotpod.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The options that {@code hotpod} gives to the Java of a server, read from the launcher itself. */
final class ServerOptions {
  private static final Pattern SETTINGS =
      Pattern.compile("^ *server\\) settings=\"([^\"]*)\"", Pattern.MULTILINE);
  private static final Pattern NAMED = Pattern.compile("\\$([a-z]+)");

  private ServerOptions() {}

  /**
   * Reads them.
   *
   * @param root the directory of the project
   */
  static List<String> read(Path root) {
    Path launcher = root.resolve("hotpod");
    try {
      return of(Files.readString(launcher));
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read the options of a server from " + launcher, e);
    }
  }

  /** Those that the text of a launcher names. */
  static List<String> of(String launcher) {
    String settings = find(SETTINGS, launcher);
    String whole =
        NAMED
            .matcher(settings)
            .replaceAll(
                name ->
                    Matcher.quoteReplacement(
                        find(
                            Pattern.compile(
                                "^%s='([^']*)'".formatted(name.group(1)), Pattern.MULTILINE),
                            launcher)));
    return List.of(("-XX:+UseSerialGC " + whole).split(" +", -1));
  }

  private static String find(Pattern pattern, String launcher) {
    Matcher found = pattern.matcher(launcher);
    if (!found.find()) {
      throw new IllegalStateException("the launcher does not say " + pattern);
    }
    return found.group(1);
  }
}
