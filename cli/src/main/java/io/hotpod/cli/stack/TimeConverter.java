package io.hotpod.cli.stack;

import java.time.Duration;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads {@code 5m}, {@code 1h}: whole minutes, since the API counts in them. */
final class TimeConverter implements ITypeConverter<Duration> {
  @Override
  public Duration convert(String text) {
    if (text.matches("[1-9][0-9]{0,8}[mh]")) {
      long number = Long.parseLong(text.substring(0, text.length() - 1));
      return text.endsWith("m") ? Duration.ofMinutes(number) : Duration.ofHours(number);
    }
    throw new TypeConversionException(
        "'" + text + "' is not a time in whole minutes or hours, such as 5m or 1h");
  }
}
