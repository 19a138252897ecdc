package io.hotpod.template;

import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Collectors;

/** The values of {@code heat_template_version}, oldest first. */
public enum TemplateVersion {
  V2013_05_23("2013-05-23", ""),
  V2014_10_16("2014-10-16", ""),
  V2015_04_30("2015-04-30", ""),
  V2015_10_15("2015-10-15", ""),
  V2016_04_08("2016-04-08", ""),
  V2016_10_14("2016-10-14", "newton"),
  V2017_02_24("2017-02-24", "ocata"),
  V2017_09_01("2017-09-01", "pike"),
  V2018_03_02("2018-03-02", "queens"),
  V2018_08_31("2018-08-31", "rocky"),
  V2021_04_16("2021-04-16", "wallaby");

  /** The newest. */
  static final TemplateVersion NEWEST = V2021_04_16;

  private final String date;
  private final String release;

  TemplateVersion(String date, String release) {
    this.date = date;
    this.release = release;
  }

  /** As templates write it, such as {@code 2021-04-16}. */
  public String date() {
    return date;
  }

  /** The release name that may stand for it, such as {@code wallaby}. */
  public Optional<String> release() {
    return release.isEmpty() ? Optional.empty() : Optional.of(release);
  }

  /** The version of a date or release name. */
  public static Optional<TemplateVersion> of(String text) {
    return Arrays.stream(values())
        .filter(version -> version.date.equals(text) || version.release().equals(Optional.of(text)))
        .findFirst();
  }

  boolean isAtLeast(TemplateVersion other) {
    return compareTo(other) >= 0;
  }

  /** The version before this one; the oldest for the oldest. */
  TemplateVersion before() {
    TemplateVersion before = this;
    for (TemplateVersion version : values()) {
      if (version == this) {
        return before;
      }
      before = version;
    }
    return before;
  }

  /** All that may be written, as a refusal lists them. */
  static String choices() {
    return Arrays.stream(values())
        .map(version -> version.date + version.release().map(name -> ", " + name).orElse(""))
        .collect(Collectors.joining(", "));
  }
}
