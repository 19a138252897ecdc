package io.hotpod.engine.resource;

import java.util.Locale;

/** The types that a property can have; Heat's names. */
public enum PropertyType {
  STRING,
  INTEGER,
  NUMBER,
  BOOLEAN,
  MAP,
  LIST,
  ANY;

  /** As Heat's API writes it. */
  public String heatName() {
    return name().toLowerCase(Locale.ROOT);
  }
}
