package io.hotpod.template.yaql;

/**
 * One overload of a function.
 *
 * @param takesRules whether {@code =>} makes an argument instead of naming one
 */
record Function(String name, Use use, Signature signature, boolean takesRules, Body body) {
  /** How it may be written. */
  enum Use {
    /** {@code f(x)} */
    FUNCTION,
    /** {@code x.f()} */
    METHOD,
    /** Either. */
    BOTH
  }

  /** What it does. */
  @FunctionalInterface
  interface Body {
    Value apply(Call call);
  }

  boolean isUsedAs(boolean method) {
    return use == Use.BOTH || (use == Use.METHOD) == method;
  }

  /** How people see it. */
  String shown() {
    return "(" + signature.text() + ")";
  }
}
