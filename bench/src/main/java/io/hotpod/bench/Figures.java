package io.hotpod.bench;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * Takes the figures of {@code docs/performance.md}: starts a server and an agent from the packaged
 * programs, drives them through the API, and writes what it saw between the marks of that page.
 */
final class Figures {
  private static final String PYTHON_HOOK_IMPORTS =
      "import io, json, logging, os, re, sys, time, docker";
  private static final int RUNS = 10;

  private final Path root;
  private final Path work;
  private final Map<String, String> rows = new LinkedHashMap<>();

  private Figures(Path root, Path work) {
    this.root = root;
    this.work = work;
  }

  /**
   * @param arguments the directory of the project
   */
  public static void main(String[] arguments) throws IOException {
    Path root = Path.of(arguments[0]).toAbsolutePath();
    Path work = Files.createTempDirectory("hotpod-bench");
    Figures figures = new Figures(root, work);
    try (Programs programs = new Programs(root, work)) {
      figures.take(programs);
    }
    PerformancePage page = new PerformancePage(root);
    page.write("figures", figures.rows);
    page.write("template figures", TemplateFigures.take());
  }

  private void take(Programs programs) {
    OneMachine machine = OneMachine.start(programs, root, work);
    Api api = machine.api();
    LockSupport.parkNanos(TimeUnit.SECONDS.toNanos(10));
    rows.put("server resident memory, idle after its start", memory(machine.server()));
    rows.put("agent resident memory, idle after its start", memory(machine.agent()));

    resources(api);
    pods(machine);
    commands(machine);
    rows.put("server resident memory, idle after all of the above", memory(machine.server()));
    rows.put("agent resident memory, idle after all of the above", memory(machine.agent()));
  }

  private static String memory(Process process) {
    return Programs.residentMebibytes(process) + " MiB";
  }

  private void resources(Api api) {
    for (int round = 0; round < 3; round++) {
      // Warm up as a server is that has been running for a while.
      api.delete(api.create("warm" + round, Templates.independent(100)));
    }
    measure(api, "create of 1 resource", Templates.independent(1));
    measure(api, "create of 100 independent resources", Templates.independent(100));
    measure(api, "create of 1,000 independent resources", Templates.independent(1_000));
    measure(api, "create of a chain of 100 resources", Templates.chain(100));
  }

  private void measure(Api api, String what, String template) {
    Samples samples = new Samples();
    for (int run = 0; run < RUNS; run++) {
      List<Api.Stack> created = new ArrayList<>();
      String name = "run" + run;
      samples.time(() -> created.add(api.create(name, template)));
      created.forEach(api::delete);
    }
    rows.put(what, samples.toString());
  }

  private void pods(OneMachine machine) {
    Api api = machine.api();
    Samples probed = new Samples();
    Samples plain = new Samples();
    Samples bare = new Samples();
    Path socket = machine.podmanSocket();
    for (int run = 0; run < RUNS + 1; run++) {
      boolean warmUp = run == 0;
      String name = "pod" + run;
      create(
          api,
          warmUp ? new Samples() : probed,
          name,
          Templates.page(OneMachine.INSTANCE, OneMachine.IMAGE, name));
      create(
          api,
          warmUp ? new Samples() : plain,
          name,
          Templates.pods(OneMachine.INSTANCE, OneMachine.IMAGE, 1, name));
      bare(
          socket,
          "bare-%d-%d".formatted(ProcessHandle.current().pid(), run),
          warmUp ? new Samples() : bare);
    }
    rows.put("create of a one-pod stack until its readiness probe succeeds", probed.toString());
    rows.put("the same of a pod without a probe, ready when it ran for 20 ms", plain.toString());
    rows.put("such a pod by bare libpod calls, same run", bare.toString());
    rows.put(
        "difference of the medians, with a probe",
        "%.0f ms".formatted(probed.median() - bare.median()));
    rows.put(
        "difference of the medians, without a probe",
        "%.0f ms".formatted(plain.median() - bare.median()));

    Api.Stack two =
        api.create("two", Templates.pods(OneMachine.INSTANCE, OneMachine.IMAGE, 2, "0"));
    Samples nothing = new Samples();
    Samples change = new Samples();
    for (int run = 0; run < RUNS; run++) {
      String before = String.valueOf(run);
      nothing.time(
          () -> api.update(two, Templates.pods(OneMachine.INSTANCE, OneMachine.IMAGE, 2, before)));
      String after = String.valueOf(run + 1);
      change.time(
          () -> api.update(two, Templates.pods(OneMachine.INSTANCE, OneMachine.IMAGE, 2, after)));
    }
    api.delete(two);
    rows.put("update of a two-pod stack without a change", nothing.toString());
    rows.put("update of a two-pod stack, one pod changed, until it is ready", change.toString());
  }

  private static void create(Api api, Samples samples, String name, String template) {
    List<Api.Stack> created = new ArrayList<>();
    samples.time(() -> created.add(api.create(name, template)));
    created.forEach(api::delete);
  }

  /** What the agent asks of Podman for such a pod, and nothing else. */
  private static void bare(Path socket, String name, Samples samples) {
    Libpod libpod = new Libpod(socket);
    String limits =
        "[{\"type\":\"nofile\",\"soft\":1024,\"hard\":1024},"
            + "{\"type\":\"nproc\",\"soft\":1024,\"hard\":1024}]";
    try {
      samples.time(
          () -> {
            libpod.call("POST", "/pods/create", "{\"name\":\"%s\"}".formatted(name));
            libpod.call(
                "POST",
                "/containers/create",
                """
                {"name":"%1$s-main","pod":"%1$s","image":"%2$s","systemd":"false",\
                "command":["httpd","-f","-p","8080"],"env":{"VALUE":"same"},"stop_timeout":0,"r_limits":%3$s}
                """
                    .formatted(name, OneMachine.IMAGE, limits));
            libpod.call("POST", "/containers/%s-main/start".formatted(name), "");
          });
    } finally {
      libpod.call("DELETE", "/pods/%s?force=true".formatted(name), "");
    }
  }

  private void commands(OneMachine machine) {
    String hotpod = machine.hotpod();
    rows.put("`hotpod --version`, whole process", command(List.of(hotpod, "--version")));
    rows.put(
        "`hotpod stack list`, whole process",
        command(List.of(hotpod, "--server", machine.uri().toString(), "stack", "list")));
    Path large = work.resolve("large.yaml");
    OneMachine.writePrivately(large, LargeTemplates.typical(10_000));
    rows.put(
        "`hotpod template validate` of 10,000 resources, whole process",
        command(List.of(hotpod, "template", "validate", large.toString())));
    hook(machine);
  }

  /** A pod that is not there is deleted, which asks everything and has to wait for nothing. */
  private void hook(OneMachine machine) {
    Path config = work.resolve("hook.json");
    OneMachine.writePrivately(
        config,
        """
        {"id": "1", "name": "bench", "group": "kubelet", "config": {}, "options": {},
         "inputs": [{"name": "deploy_action", "value": "DELETE"}]}\
        """);
    rows.put(
        "`hotpod hook`, whole process, with nothing to do",
        command(
            List.of(
                machine.hotpod(),
                "hook",
                "--state",
                work.resolve("hook").toString(),
                "--podman-socket",
                machine.podmanSocket().toString()),
            config.toFile()));
    List<String> python = List.of("python3", "-c", PYTHON_HOOK_IMPORTS);
    rows.put(
        "the imports of the Python hook for the kubelet, same run",
        imports(python) ? command(python) : "not measured: python3-docker is not installed");
  }

  private boolean imports(List<String> python) {
    try {
      Process process =
          new ProcessBuilder(python)
              .redirectErrorStream(true)
              .redirectOutput(work.resolve("python.log").toFile())
              .start();
      return process.waitFor(30, TimeUnit.SECONDS) && process.exitValue() == 0;
    } catch (IOException e) {
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  private String command(List<String> words) {
    return command(words, new File("/dev/null"));
  }

  private String command(List<String> words, File input) {
    Samples samples = new Samples();
    for (int run = 0; run < RUNS; run++) {
      samples.time(
          () -> {
            try {
              Process process =
                  new ProcessBuilder(words)
                      .redirectInput(input)
                      .redirectErrorStream(true)
                      .redirectOutput(work.resolve("command.log").toFile())
                      .start();
              if (!process.waitFor(30, TimeUnit.SECONDS) || process.exitValue() != 0) {
                throw new IllegalStateException(
                    words + ": " + Files.readString(work.resolve("command.log")));
              }
            } catch (IOException e) {
              throw new UncheckedIOException("cannot run " + words, e);
            } catch (InterruptedException e) {
              Thread.currentThread().interrupt();
            }
          });
    }
    return samples.toString();
  }
}
