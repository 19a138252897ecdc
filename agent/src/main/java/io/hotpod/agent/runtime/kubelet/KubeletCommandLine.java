package io.hotpod.agent.runtime.kubelet;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * How the kubelet of a machine was started.
 *
 * @param words of its command line
 */
record KubeletCommandLine(List<String> words) {
  /** That of the kubelet that runs now; without words when none does. */
  static KubeletCommandLine find(Path proc) {
    try (DirectoryStream<Path> processes = Files.newDirectoryStream(proc, "[0-9]*")) {
      for (Path process : processes) {
        List<String> words = words(process.resolve("cmdline"));
        if (!words.isEmpty()
            && (words.getFirst().equals("kubelet") || words.getFirst().endsWith("/kubelet"))) {
          return new KubeletCommandLine(words);
        }
      }
    } catch (IOException e) {
      return new KubeletCommandLine(List.of());
    }
    return new KubeletCommandLine(List.of());
  }

  /** Empty for a process that ended meanwhile. */
  private static List<String> words(Path file) {
    try {
      String line = new String(Files.readAllBytes(file), UTF_8);
      return line.isEmpty() ? List.of() : List.of(line.split("\0"));
    } catch (IOException e) {
      return List.of();
    }
  }

  /** The value of an option, written {@code --name=value} or {@code --name value}. */
  Optional<Path> path(String option) {
    for (int i = 0; i < words.size(); i++) {
      String word = words.get(i);
      if (word.startsWith(option + "=")) {
        return Optional.of(Path.of(word.substring(option.length() + 1)));
      }
      if (word.equals(option) && i + 1 < words.size()) {
        return Optional.of(Path.of(words.get(i + 1)));
      }
    }
    return Optional.empty();
  }
}
