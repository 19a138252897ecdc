package io.hotpod.engine.store;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Properties;
import java.util.stream.Stream;

/** Everything that somebody finds who has a database, and what of a secret would show in it. */
public final class DatabaseContent {
  private DatabaseContent() {}

  /**
   * All bytes of a database: of every file beside the embedded one but the key file, or of every
   * column of every table.
   */
  public static String of(DatabaseSettings settings, Path directory) {
    return switch (settings) {
      case DatabaseSettings.Embedded embedded -> files(directory);
      case DatabaseSettings.Postgresql postgresql -> columns(postgresql);
    };
  }

  private static String files(Path directory) {
    StringBuilder content = new StringBuilder();
    try (Stream<Path> files = Files.list(directory)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        if (!file.getFileName().toString().equals("secrets.key")) {
          content.append(Files.readString(file, ISO_8859_1));
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return content.toString();
  }

  private static String columns(DatabaseSettings.Postgresql settings) {
    StringBuilder content = new StringBuilder();
    Properties login = new Properties();
    login.setProperty("user", settings.user());
    login.setProperty("password", PasswordFile.read(settings.passwordFile()));
    try (Connection connection = DriverManager.getConnection(settings.url(), login);
        Statement statement = connection.createStatement()) {
      List<String> tables = new ArrayList<>();
      try (ResultSet rows =
          statement.executeQuery(
              "SELECT table_name FROM information_schema.tables WHERE table_schema = 'public'")) {
        while (rows.next()) {
          tables.add(rows.getString(1));
        }
      }
      for (String table : tables) {
        try (ResultSet rows = statement.executeQuery("SELECT * FROM " + table)) {
          while (rows.next()) {
            for (int column = 1; column <= rows.getMetaData().getColumnCount(); column++) {
              byte[] bytes = rows.getBytes(column);
              content.append(bytes == null ? "" : new String(bytes, ISO_8859_1)).append('\n');
            }
          }
        }
      }
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
    return content.toString();
  }

  /**
   * What would betray a secret: itself, and what of its other forms does not depend on its place.
   */
  public static List<String> traces(String secret) {
    List<String> traces = new ArrayList<>(List.of(secret));
    traces.add(HexFormat.of().formatHex(secret.getBytes(UTF_8)));
    for (int shift = 0; shift < 3; shift++) {
      String shifted = "x".repeat(shift) + secret;
      String text = Base64.getEncoder().withoutPadding().encodeToString(shifted.getBytes(UTF_8));
      int begin = shift == 0 ? 0 : 4;
      int end = shifted.length() / 3 * 4;
      traces.add(text.substring(begin, end));
    }
    return traces;
  }
}
