package io.hotpod.bench;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.hotpod.template.TemplateInstance;
import java.io.IOException;
import java.lang.ref.Reference;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The figures of the template library, taken in this process but for the cold ones. */
final class TemplateFigures {
  private static final int WARM_UP = 25;
  private static final int RUNS = 10;
  private static final int LARGE = 10_000;

  /** The launcher's settings for commands, without its start-up cache. */
  private static final List<String> COMMAND =
      List.of("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-Xmx256m");

  private final TemplateWork work = new TemplateWork();
  private final Map<String, String> rows = new LinkedHashMap<>();

  private TemplateFigures() {}

  /** Takes all of them, by what they are called. */
  static Map<String, String> take() throws IOException {
    TemplateFigures figures = new TemplateFigures();
    figures.cold("as the `hotpod` command sets Java", COMMAND);
    figures.cold("Java's own settings", List.of());
    figures.warm(1_000);
    figures.warm(LARGE);
    figures.memory();
    figures.references();
    return figures.rows;
  }

  /** Writes them into the page by themselves. */
  public static void main(String[] arguments) throws IOException {
    new PerformancePage(Path.of(arguments[0])).write("template figures", take());
  }

  private void cold(String how, List<String> settings) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(settings);
    command.addAll(List.of("-cp", System.getProperty("java.class.path")));
    command.addAll(List.of(ColdTemplate.class.getName(), Integer.toString(LARGE)));
    Samples samples = new Samples();
    for (int run = 0; run < RUNS; run++) {
      Process process =
          new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
      String printed = new String(process.getInputStream().readAllBytes(), US_ASCII).strip();
      samples.add((double) Long.parseLong(printed));
    }
    rows.put("validate of 10,000 resources, first thing in a process, " + how, samples.toString());
  }

  private void warm(int resources) {
    String text = LargeTemplates.typical(resources);
    for (int run = 0; run < WARM_UP * LARGE / resources / 4; run++) {
      work.validate(text);
    }
    Samples samples = new Samples();
    for (int run = 0; run < RUNS; run++) {
      samples.time(() -> work.validate(text));
    }
    rows.put(
        String.format(
            Locale.ROOT,
            "validate of %,d resources (%.2f MB), warm",
            resources,
            text.length() / 1e6),
        samples.toString());
  }

  private void memory() {
    String text = LargeTemplates.typical(LARGE);
    long before = used();
    List<Object> kept = List.of(TemplateWork.instantiate(TemplateWork.parse(text)));
    long after;
    try {
      after = used();
    } finally {
      Reference.reachabilityFence(kept);
    }
    rows.put(
        "memory of a parsed template of 10,000 resources, by the size of its text",
        String.format(Locale.ROOT, "%.1f times", (double) (after - before) / text.length()));
  }

  private static long used() {
    for (int i = 0; i < 5; i++) {
      System.gc();
    }
    Runtime runtime = Runtime.getRuntime();
    return runtime.totalMemory() - runtime.freeMemory();
  }

  private void references() {
    for (int references : List.of(5_000, 10_000, 20_000)) {
      TemplateInstance instance =
          TemplateWork.instantiate(TemplateWork.parse(LargeTemplates.references(references)));
      for (int run = 0; run < WARM_UP; run++) {
        TemplateWork.resolve(instance);
      }
      Samples samples = new Samples();
      for (int run = 0; run < RUNS; run++) {
        samples.time(() -> TemplateWork.resolve(instance));
      }
      rows.put(
          String.format(Locale.ROOT, "resolution of a graph of %,d references", references),
          samples.toString());
    }
  }
}
