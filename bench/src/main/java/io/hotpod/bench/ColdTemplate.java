package io.hotpod.bench;

import java.time.Duration;

/** Validates a large template once in a new process and prints how long that took. */
final class ColdTemplate {
  private ColdTemplate() {}

  /**
   * Prints milliseconds.
   *
   * @param arguments how many resources
   */
  public static void main(String[] arguments) {
    String text = LargeTemplates.typical(Integer.parseInt(arguments[0]));
    long start = System.nanoTime();
    new TemplateWork().validate(text);
    System.out.println(Duration.ofNanos(System.nanoTime() - start).toMillis());
  }
}
