package io.hotpod.e2e;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.jar.Attributes;
import java.util.jar.JarInputStream;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.zip.ZipEntry;

/** A copy of the runnable directory whose agent says that it is another version. */
final class OtherBuild {
  private OtherBuild() {}

  /**
   * Makes it.
   *
   * @param directory that is not there yet
   * @return the launcher
   */
  static Path make(Path directory, String version) throws IOException {
    Path built = Project.module("packaging").resolve("target/hotpod");
    String jars = Files.readString(built.resolve("classpath")).strip();
    for (String jar : jars.split(":", -1)) {
      Path copy = directory.resolve(jar);
      Files.createDirectories(copy.resolve("..").normalize());
      if (copy.getFileName().toString().startsWith("hotpod-agent-")) {
        rename(built.resolve(jar), copy, version);
      } else {
        Files.createSymbolicLink(copy, built.resolve(jar));
      }
    }
    Files.copy(built.resolve("classpath"), directory.resolve("classpath"));
    Path launcher = directory.resolve("hotpod");
    return Files.copy(Project.launcher(), launcher, StandardCopyOption.COPY_ATTRIBUTES);
  }

  private static void rename(Path jar, Path copy, String version) throws IOException {
    try (JarInputStream input = new JarInputStream(Files.newInputStream(jar))) {
      Manifest manifest = input.getManifest();
      manifest.getMainAttributes().put(Attributes.Name.IMPLEMENTATION_VERSION, version);
      try (JarOutputStream output = new JarOutputStream(Files.newOutputStream(copy), manifest)) {
        copy(input, output);
      }
    }
  }

  private static void copy(JarInputStream input, JarOutputStream output) throws IOException {
    for (ZipEntry entry = input.getNextEntry(); entry != null; entry = input.getNextEntry()) {
      output.putNextEntry(new ZipEntry(entry.getName()));
      input.transferTo(output);
      output.closeEntry();
    }
  }
}
