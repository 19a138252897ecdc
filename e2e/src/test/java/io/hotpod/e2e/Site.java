package io.hotpod.e2e;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/**
 * A server and its instances, as processes with a state of their own. Made by {@link Sites}, which
 * also ends it. One thread.
 */
final class Site {
  private static final String READY = "ready ";
  private static final String ENROLLED = "instance ";

  private final Path directory;
  private final Set<ProcessHandle> podmanServices = new LinkedHashSet<>();
  private final List<HotpodProcess> processes = new ArrayList<>();
  private final Set<String> heatInstances = new LinkedHashSet<>();
  private final Map<String, HotpodProcess> agents = new HashMap<>();
  private String listen = "127.0.0.1:0";
  private Api api = new Api(URI.create("http://127.0.0.1:1"));

  Site(Path directory) {
    this.directory = directory;
  }

  Path directory() {
    return directory;
  }

  /** The interface of the server, which keeps its address over restarts. */
  Api api() {
    return api;
  }

  Stacks stacks() {
    return new Stacks(api);
  }

  /** Starts server and instances in one process and waits until they are ready. */
  HotpodProcess startDev(int instances) {
    TestImage.make();
    return startDev(List.of("--instances", String.valueOf(instances)));
  }

  /** The same with other arguments. */
  HotpodProcess startDev(List<String> more) {
    List<String> arguments =
        new ArrayList<>(
            List.of("dev", "--listen", listen, "--state", directory.resolve("dev").toString()));
    arguments.addAll(more);
    return listening(start("dev", READY, arguments));
  }

  /** Starts the server alone, again on the state that it left, and waits until it is ready. */
  HotpodProcess startServer() {
    return listening(launchServer());
  }

  /** As {@link #startServer} with more arguments. */
  HotpodProcess startServer(List<String> more) {
    List<String> arguments =
        new ArrayList<>(
            List.of(
                "server", "--listen", listen, "--state", directory.resolve("server").toString()));
    arguments.addAll(more);
    return listening(start("server", READY, arguments));
  }

  /** As {@link #startServer} without waiting. */
  HotpodProcess launchServer() {
    return start(
        "server",
        READY,
        List.of("server", "--listen", listen, "--state", directory.resolve("server").toString()));
  }

  /** Waits until a process that was launched listens. */
  HotpodProcess listening(HotpodProcess process) {
    URI uri = URI.create(process.awaitReady());
    listen = uri.getAuthority();
    api = new Api(uri);
    return process;
  }

  /** Starts an agent that has been enrolled before; does not wait. */
  HotpodProcess startAgent(String name) {
    TestImage.make();
    return startAgent(name, agentArguments(name));
  }

  /** The same with the program of another launcher. */
  HotpodProcess startAgent(String name, Path launcher) {
    HotpodProcess agent =
        HotpodProcess.start(
            launcher,
            directory.resolve("agent-" + name + ".log"),
            ENROLLED + name,
            Map.of(),
            agentArguments(name));
    processes.add(agent);
    agents.put(name, agent);
    return agent;
  }

  private HotpodProcess startAgent(String name, List<String> arguments) {
    HotpodProcess agent = start("agent-" + name, ENROLLED + name, arguments);
    agents.put(name, agent);
    return agent;
  }

  /** Starts an agent for the first time and waits until the server knows that it is there. */
  HotpodProcess joinAgent(String name) {
    TestImage.make();
    return joinAgent(name, List.of());
  }

  /** The same with more arguments, such as of what runs the pods. */
  HotpodProcess joinAgent(String name, List<String> more) {
    HotpodProcess agent = launchAgent(name, more);
    awaitReports(name);
    return agent;
  }

  /** The same of an agent that may be unable to work; waits until it is enrolled. */
  HotpodProcess launchAgent(String name, List<String> more) {
    Path token = directory.resolve("token-" + name);
    writePrivately(token, joinToken());
    List<String> arguments = new ArrayList<>(agentArguments(name));
    arguments.addAll(List.of("--join-token-file", token.toString()));
    arguments.addAll(more);
    HotpodProcess agent = startAgent(name, arguments);
    agent.awaitReady();
    return agent;
  }

  /** Ends the agent of that name and starts it again; does not wait. */
  HotpodProcess restartAgent(String name) {
    requireNonNull(agents.get(name), "no such agent").stop();
    return startAgent(name);
  }

  private List<String> agentArguments(String name) {
    return List.of(
        "agent",
        "--server",
        api.server().toString(),
        "--name",
        name,
        "--state",
        agentState(name).toString());
  }

  /** Starts an agent that serves a stock Heat and waits until it does. */
  HotpodProcess startHeatAgent(String name, Path osCollectConfig) {
    return startHeatAgent(
        Project.launcher(), name, List.of("--os-collect-config", osCollectConfig.toString()));
  }

  /**
   * The same with the program of another launcher.
   *
   * @param more what tells it where its Heat is, and other options
   */
  HotpodProcess startHeatAgent(Path launcher, String name, List<String> more) {
    TestImage.make();
    heatInstance(name);
    List<String> arguments =
        new ArrayList<>(
            List.of(
                "agent",
                "--source",
                "heat",
                "--name",
                name,
                "--state",
                agentState(name).toString(),
                "--poll-interval",
                "1"));
    arguments.addAll(more);
    HotpodProcess agent =
        HotpodProcess.start(
            launcher,
            directory.resolve("agent-" + name + ".log"),
            "serving Heat",
            Map.of(),
            arguments);
    processes.add(agent);
    agent.awaitReady();
    return agent;
  }

  /** What the pods of an agent or a hook under a stock Heat are labelled with. */
  String heatInstance(String name) {
    heatInstances.add("heat-" + name);
    return "heat-" + name;
  }

  /** What the agent of that name remembers. */
  Path agentState(String name) {
    return directory.resolve("agent-" + name);
  }

  private static void writePrivately(Path file, String content) {
    try {
      Files.deleteIfExists(file);
      Files.createFile(
          file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
      Files.writeString(file, content);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  String joinToken() {
    return api.send("POST", "/v1/default/join_tokens", "{\"valid_minutes\": 10}", Map.of())
        .successful()
        .path("join_token")
        .asString("");
  }

  /** Waits until an instance has told the server that its Podman answers. */
  void awaitReports(String name) {
    Waiting.until(
        "instance " + name + " reports",
        () -> {
          Answer answer = api.get("/v1/default/instances/" + name);
          return answer.status() == 200
              && answer.body().path("instance").path("facts").isObject()
              && answer.body().at("/instance/facts/runtimeProblem").asString("").isEmpty();
        });
  }

  private HotpodProcess start(String name, String sign, List<String> arguments) {
    HotpodProcess process =
        HotpodProcess.start(directory.resolve(name + ".log"), sign, Map.of(), arguments);
    processes.add(process);
    return process;
  }

  /** Kills a process as {@code kill -9} does; what it started goes on. */
  void kill(HotpodProcess process) {
    remember(process);
    process.kill();
  }

  /** So that a service of Podman that loses its parent is ended with the site. */
  void remember(HotpodProcess process) {
    podmanServices.addAll(process.podmanServices());
  }

  /** The id that the server gave an instance. */
  String instanceId(String name) {
    return api.get("/v1/default/instances/" + name).successful().at("/instance/id").asString("");
  }

  /** The ids of all instances that ever remembered something here. */
  List<String> instanceIds() throws IOException {
    try (Stream<Path> files = Files.walk(directory)) {
      List<String> ids = new ArrayList<>(heatInstances);
      for (Path file :
          files.filter(path -> path.getFileName().toString().equals("instance.json")).toList()) {
        ids.add(
            Api.JSON.readTree(Files.readString(file)).path("instanceId").asString("no-instance"));
      }
      return ids;
    }
  }

  /** Ends all processes and removes all pods; every part is tried. */
  void close() throws IOException {
    processes.forEach(this::remember);
    processes.stream().filter(HotpodProcess::isAlive).forEach(HotpodProcess::kill);
    podmanServices.stream().filter(ProcessHandle::isAlive).forEach(ProcessHandle::destroyForcibly);
    instanceIds().forEach(PodmanCli::removePods);
  }
}
