package io.hotpod.agent.runtime.podman.libpod;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.hotpod.agent.runtime.ExecQuery;
import io.hotpod.pod.PodJson;
import java.io.BufferedReader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * The calls of the libpod API that are needed here, one method each. Every method throws {@link
 * PodmanException} when Podman refuses and {@link PodmanUnavailableException} when it does not
 * answer. Thread-safe.
 */
public final class Podman implements AutoCloseable {
  /** Events after which an image's name may name another one; {@code remove} is one too. */
  private static final List<String> NAMING =
      List.of("pull", "tag", "untag", "import", "loadfromarchive", "loadfromdir", "build");

  private static final Duration CREATE = Duration.ofMinutes(1);
  private static final Duration START = Duration.ofMinutes(2);
  private static final Duration PULL = Duration.ofMinutes(30);
  private static final Duration STOP_MARGIN = Duration.ofSeconds(60);
  private static final int EXEC_OUTPUT = 1024;

  /** Starting a command takes time that is not the command's own. */
  private static final Duration EXEC_MARGIN = Duration.ofSeconds(5);

  private static final String VERSION = "Libpod-API-Version";
  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

  private final PodmanTransport transport;

  /**
   * @param socket of Podman's service; need not be there yet
   */
  public Podman(Path socket) {
    transport = new PodmanTransport(socket);
  }

  /** From the answer to a ping: {@code /version} asks conmon and runc too, for half a second. */
  public String version() throws InterruptedException {
    return transport.header(
        PodmanRequest.get("asking Podman for its version", "/_ping").within(Duration.ofSeconds(10)),
        VERSION);
  }

  /** Pods that carry the label, with their containers. */
  public List<PodView> pods(String label, String value) throws InterruptedException {
    JsonNode pods =
        transport.send(
            PodmanRequest.get("listing pods", "/pods/json").with("filters", filter(label, value)));
    List<PodView> views = new ArrayList<>();
    for (JsonNode pod : pods) {
      views.add(PodView.of(pod));
    }
    return views;
  }

  /** The pod of that name; empty when there is none. */
  public Optional<PodView> pod(String name) throws InterruptedException {
    return optional(PodmanRequest.get("looking at pod " + name, "/pods/" + name + "/json"))
        .map(PodView::of);
  }

  /** Makes a pod with its infra container and starts neither; returns its id. */
  public String createPod(JsonNode specification) throws InterruptedException {
    return create("pod", specification);
  }

  /** Whatever of its containers still runs is killed: stop them before. */
  public void removePod(String name) throws InterruptedException {
    optional(
        PodmanRequest.delete("removing pod " + name, "/pods/" + name)
            .with("force", "true")
            .within(START));
  }

  /** Ids and labels of a pod's containers, without the infra container, running or not. */
  public Map<String, Map<String, String>> containersOf(String podName) throws InterruptedException {
    ObjectNode filters = JSON.objectNode();
    filters.putArray("pod").add(podName);
    JsonNode listed =
        transport.send(
            PodmanRequest.get("listing the containers of pod " + podName, "/containers/json")
                .with("all", "true")
                .with("filters", PodJson.write(filters)));
    Map<String, Map<String, String>> containers = new LinkedHashMap<>();
    for (JsonNode container : listed) {
      if (!container.path("IsInfra").asBoolean(false)) {
        containers.put(container.path("Id").asString(""), Labels.read(container.path("Labels")));
      }
    }
    return containers;
  }

  /** The name of the pod that runs and publishes a port of the machine. */
  public Optional<String> podPublishing(int port) throws InterruptedException {
    JsonNode running =
        transport.send(
            PodmanRequest.get("looking for who has port " + port, "/containers/json")
                .with("pod", "true"));
    for (JsonNode container : running) {
      for (JsonNode published : container.path("Ports")) {
        int first = published.path("host_port").asInt(0);
        int count = Math.max(1, published.path("range").asInt(1));
        if (port >= first && port < first + count) {
          String name = container.path("PodName").asString("");
          return name.isEmpty() ? Optional.empty() : Optional.of(name);
        }
      }
    }
    return Optional.empty();
  }

  /** The container; empty when there is none. */
  public Optional<ContainerView> container(String nameOrId) throws InterruptedException {
    return optional(
            PodmanRequest.get(
                "looking at container " + nameOrId, "/containers/" + nameOrId + "/json"))
        .map(ContainerView::of);
  }

  /** Makes a container without starting it; returns its id. */
  public String createContainer(JsonNode specification) throws InterruptedException {
    return create("container", specification);
  }

  private String create(String kind, JsonNode specification) throws InterruptedException {
    String name = specification.path("name").asString("");
    JsonNode created =
        transport.send(
            PodmanRequest.post("creating " + kind + " " + name, "/" + kind + "s/create")
                .body(specification)
                .within(CREATE));
    return created.path("Id").asString("");
  }

  /** Starting what runs already is a success. */
  public void start(String id) throws InterruptedException {
    transport.send(
        PodmanRequest.post("starting container " + id, "/containers/" + id + "/start")
            .within(START));
  }

  /** Asks it to end and kills it after the grace period; returns once it is down. */
  public void stop(String id, Duration grace) throws InterruptedException {
    optional(
        PodmanRequest.post("stopping container " + id, "/containers/" + id + "/stop")
            .with("timeout", Long.toString(grace.toSeconds()))
            .within(grace.plus(STOP_MARGIN)));
  }

  /** How long a container has to end, as it was made; nothing for one that is gone. */
  public Duration stopTimeout(String id) throws InterruptedException {
    return optional(PodmanRequest.get("looking at container " + id, "/containers/" + id + "/json"))
        .map(found -> Duration.ofSeconds(found.path("Config").path("StopTimeout").asLong(0)))
        .orElse(Duration.ZERO);
  }

  /** Kills and removes it with its anonymous volumes. None of that id is as good. */
  public void removeContainer(String id) throws InterruptedException {
    optional(
        PodmanRequest.delete("removing container " + id, "/containers/" + id)
            .with("force", "true")
            .with("timeout", "0")
            .with("v", "true")
            .within(START));
  }

  /** The id of an image that is on the machine. */
  public Optional<String> imageId(String image) throws InterruptedException {
    return optional(PodmanRequest.get("looking for image " + image, "/images/" + image + "/json"))
        .map(found -> found.path("Id").asString(""));
  }

  /** Whether an image is on the machine that has a name, with a tag or a digest. */
  public boolean isNamed(String image) throws InterruptedException {
    return optional(PodmanRequest.get("looking at image " + image, "/images/" + image + "/json"))
        .filter(found -> !found.path("RepoTags").isEmpty() || !found.path("RepoDigests").isEmpty())
        .isPresent();
  }

  /**
   * Takes in an archive of images, whatever its kind.
   *
   * @return the names of the images that came with it
   */
  public List<String> load(Path archive) throws InterruptedException {
    JsonNode loaded =
        transport.send(
            PodmanRequest.post("loading " + archive, "/images/load").body(archive).within(PULL));
    List<String> names = new ArrayList<>();
    loaded.path("Names").forEach(name -> names.add(name.asString("")));
    return names;
  }

  /** Refused by Podman where a container has it; nothing where there is none. */
  public void removeImage(String image) throws InterruptedException {
    optional(PodmanRequest.delete("removing image " + image, "/images/" + image));
  }

  /** The directory that images are kept in. Podman asks its helpers too, which takes a while. */
  public Path storage() throws InterruptedException {
    JsonNode info = transport.send(PodmanRequest.get("asking Podman where images are", "/info"));
    return Path.of(info.path("store").path("graphRoot").asString("/"));
  }

  /** The user that an image that is on the machine names; empty text for none. */
  public Optional<String> imageUser(String image) throws InterruptedException {
    return optional(PodmanRequest.get("looking at image " + image, "/images/" + image + "/json"))
        .map(found -> found.path("User").asString(found.path("Config").path("User").asString("")));
  }

  /**
   * Returns when the image is there.
   *
   * @param credentials for its registry, as the header {@code X-Registry-Auth} wants them; secret
   */
  public void pull(String image, Optional<String> credentials) throws InterruptedException {
    String doing = "pulling image " + image;
    PodmanRequest request =
        PodmanRequest.post(doing, "/images/pull")
            .with("reference", image)
            .with("quiet", "true")
            .within(PULL)
            .authenticated(credentials);
    Optional<String> error =
        transport.stream(
            request,
            body -> {
              Optional<String> found = Optional.empty();
              BufferedReader lines = new BufferedReader(new InputStreamReader(body, UTF_8));
              for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                JsonNode message =
                    line.isBlank() ? JSON.objectNode() : PodJson.read(line, JsonNode.class);
                if (message.path("error").isString()) {
                  found = Optional.of(message.path("error").stringValue());
                }
              }
              return found;
            });
    if (error.isPresent()) {
      throw new PodmanException(doing, 200, error.get());
    }
  }

  /**
   * Runs a command in a running container and waits for its end.
   *
   * @throws PodmanUnavailableException also when the command took longer than it may, and was ended
   */
  public ExecResult exec(String id, List<String> command, Duration longest)
      throws InterruptedException {
    Duration deadline = longest.plus(EXEC_MARGIN);
    ObjectNode create = JSON.objectNode();
    create.put("AttachStdout", true).put("AttachStderr", true);
    ArrayNode words = create.putArray("Cmd");
    command.forEach(words::add);
    String session =
        transport
            .send(
                PodmanRequest.post("preparing a command", "/containers/" + id + "/exec")
                    .body(create)
                    .within(deadline))
            .path("Id")
            .asString("");
    boolean ended = false;
    try (ExecWatch watch = new ExecWatch(this, session, longest)) {
      ExecResult result = runExec(session, deadline);
      ended = true;
      if (watch.expired()) {
        throw PodmanUnavailableException.late("running a command");
      }
      return result;
    } finally {
      if (!ended) {
        ExecEnd.ask(this, session);
      }
    }
  }

  private ExecResult runExec(String session, Duration deadline) throws InterruptedException {
    ByteArrayOutputStream output = new ByteArrayOutputStream();
    PodmanRequest start =
        PodmanRequest.post("running a command", "/exec/" + session + "/start")
            .body(JSON.objectNode().put("Detach", false))
            .within(deadline);
    transport.exchange(
        start,
        true,
        body -> {
          LogFrames.copy(body, new CappedOutput(output, EXEC_OUTPUT));
          return true;
        });
    JsonNode ended =
        transport.send(PodmanRequest.get("asking how it ended", "/exec/" + session + "/json"));
    return new ExecResult(ended.path("ExitCode").asInt(-1), output.toString(UTF_8).strip());
  }

  /** Prepares a command for a person, and names it. */
  public String prepareExec(String id, ExecQuery query) throws InterruptedException {
    ObjectNode create = JSON.objectNode();
    create.put("AttachStdout", true).put("AttachStderr", true);
    create.put("AttachStdin", query.input()).put("Tty", query.terminal());
    if (query.terminal()) {
      create.putArray("Env").add("TERM=xterm");
    }
    ArrayNode words = create.putArray("Cmd");
    query.command().forEach(words::add);
    return transport
        .send(PodmanRequest.post("preparing a command", "/containers/" + id + "/exec").body(create))
        .path("Id")
        .asString("");
  }

  /** Runs it, and gives the connection to it. */
  public ExecConnection startExec(String session, ExecQuery query) throws InterruptedException {
    ObjectNode start = JSON.objectNode().put("Detach", false).put("Tty", query.terminal());
    if (query.terminal()) {
      start.put("h", query.rows()).put("w", query.columns());
    }
    return transport.attach(
        PodmanRequest.post("running a command", "/exec/" + session + "/start").body(start));
  }

  /** Gives its terminal another size. */
  public void resizeExec(String session, int rows, int columns) throws InterruptedException {
    transport.send(
        PodmanRequest.post("resizing a terminal", "/exec/" + session + "/resize")
            .with("h", Integer.toString(rows))
            .with("w", Integer.toString(columns)));
  }

  /** How it stands with it. */
  public ExecState execState(String session) throws InterruptedException {
    JsonNode state =
        transport.send(
            PodmanRequest.get("asking how a command stands", "/exec/" + session + "/json"));
    return new ExecState(
        state.path("Running").asBoolean(false),
        state.path("ExitCode").asInt(-1),
        state.path("Pid").asLong(0));
  }

  /** Copies what a container wrote. */
  public void logs(String id, Optional<Integer> tail, boolean follow, OutputStream output)
      throws InterruptedException, IOException {
    PodmanRequest request =
        PodmanRequest.get("reading the output of container " + id, "/containers/" + id + "/logs")
            .with("stdout", "true")
            .with("stderr", "true")
            .with("follow", Boolean.toString(follow));
    if (tail.isPresent()) {
      request = request.with("tail", Integer.toString(tail.get()));
    }
    transport.stream(
        request,
        body -> {
          LogFrames.copy(body, output);
          return true;
        });
  }

  /**
   * Hands over until the stream ends what became of containers, that one died or was removed, and
   * of the names of images. The many events of a start are made by calls that tell the same when
   * they return.
   *
   * @param connected is run once the stream stands: nothing that happens later is missed
   */
  public void events(Runnable connected, Consumer<PodmanEvent> listener)
      throws InterruptedException {
    ObjectNode filters = JSON.objectNode();
    filters.putArray("type").add("container").add("image");
    ArrayNode events = filters.putArray("event").add("died").add("remove");
    NAMING.forEach(events::add);
    PodmanRequest request =
        PodmanRequest.get("listening to Podman's events", "/events")
            .with("stream", "true")
            .with("filters", PodJson.write(filters));
    transport.stream(
        request,
        body -> {
          connected.run();
          BufferedReader lines = new BufferedReader(new InputStreamReader(body, UTF_8));
          for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            if (!line.isBlank()) {
              listener.accept(PodmanEvent.of(PodJson.read(line, JsonNode.class)));
            }
          }
          return true;
        });
  }

  private static String filter(String label, String value) {
    ObjectNode filters = JSON.objectNode();
    filters.putArray("label").add(label + "=" + value);
    return PodJson.write(filters);
  }

  private Optional<JsonNode> optional(PodmanRequest request) throws InterruptedException {
    try {
      return Optional.of(transport.send(request));
    } catch (PodmanException e) {
      if (e.status() == 404) {
        return Optional.empty();
      }
      throw e;
    }
  }

  @Override
  public void close() {
    transport.close();
  }
}
