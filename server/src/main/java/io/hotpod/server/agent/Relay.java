package io.hotpod.server.agent;

import static java.util.Objects.requireNonNull;

import io.hotpod.server.http.ApiException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.function.Supplier;
import tools.jackson.databind.node.ObjectNode;

/**
 * Brings logs and conversations with commands from the agents, which only ever connect outwards, to
 * the people who ask for them, also where the two are at different servers. Thread-safe.
 */
public final class Relay implements AutoCloseable {
  /** How often others are told of a request within the time that an instance has to answer. */
  private static final int WORDS = 5;

  private final Map<String, Mailbox> mailboxes = new ConcurrentHashMap<>();
  private final Map<String, Open> streams = new ConcurrentHashMap<>();
  private final Semaphore logs;
  private final Semaphore commands;
  private final Duration start;
  private final Duration idle;
  private final Supplier<String> ids;
  private final Neighbours neighbours;

  private record Open(String instanceId, RelayRequest request, Semaphore permits) {}

  /**
   * @param limit how many logs may be read at once, and how many commands may run at once
   * @param start how long an instance may take to begin its answer
   * @param idle how long a followed log may be silent; one that is not followed: as long as start
   * @param ids makes the ids of requests
   * @param neighbours the relays of the other servers on the same database
   */
  public Relay(
      int limit, Duration start, Duration idle, Supplier<String> ids, Neighbours neighbours) {
    this.logs = new Semaphore(limit);
    this.commands = new Semaphore(limit);
    this.start = requireNonNull(start, "start is null");
    this.idle = requireNonNull(idle, "idle is null");
    this.ids = requireNonNull(ids, "ids is null");
    this.neighbours = requireNonNull(neighbours, "neighbours is null");
    neighbours.listen(
        (instance, request) -> mailbox(instance).putElsewhere(request, start), this::end);
  }

  private void end(String requestId, String why) {
    Open open = streams.get(requestId);
    if (open != null) {
      open.request().output().end(new Pipe.Next.CutOff(why));
    }
  }

  /** What is told to a person whose instance is at a server that cannot reach this one. */
  static ApiException cutOff(String instance, String why) {
    return new ApiException(
        503,
        "ServerUnreachable",
        "Instance %s is connected to another server. %s".formatted(instance, why));
  }

  /**
   * Asks an instance for a log.
   *
   * @return to be closed by the caller
   * @throws ApiException when too many logs are being read
   */
  public LogStream open(String instanceId, LogQuery query) {
    if (!logs.tryAcquire()) {
      throw new ApiException(
          503,
          "TooManyLogs",
          "Too many logs are being read through this server; close one or try again later.");
    }
    RelayRequest request = ask(instanceId, query, logs);
    return new LogStream(
        request.output(), query.follow(), start, idle, () -> close(instanceId, request));
  }

  /**
   * Asks an instance to run a command.
   *
   * @return to be closed by the caller
   * @throws ApiException when too many commands run
   */
  public ExecStream open(String instanceId, ExecQuery query) {
    if (!commands.tryAcquire()) {
      throw new ApiException(
          503,
          "TooManyCommands",
          "Too many commands run through this server; end one or try again later.");
    }
    RelayRequest request = ask(instanceId, query, commands);
    return new ExecStream(request, start, () -> close(instanceId, request));
  }

  private RelayRequest ask(String instanceId, Question question, Semaphore permits) {
    RelayRequest request =
        new RelayRequest(neighbours.mark(ids.get()), question, new Pipe(), new Pipe());
    streams.put(request.id(), new Open(instanceId, request, permits));
    mailbox(instanceId).put(request);
    if (neighbours.possible()) {
      neighbours.asked(instanceId, request.id());
      Thread.ofVirtual()
          .name("asking for " + request.id())
          .start(() -> askAgain(instanceId, request));
    }
    return request;
  }

  /** A word between servers can get lost, so it is said until the instance has heard of it. */
  private void askAgain(String instanceId, RelayRequest request) {
    Duration pause = start.dividedBy(WORDS);
    try {
      while (!request.output().awaitFetched(pause) && streams.containsKey(request.id())) {
        neighbours.asked(instanceId, request.id());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void close(String instanceId, RelayRequest request) {
    Open open = streams.remove(request.id());
    if (open != null) {
      mailbox(instanceId).remove(request);
      request.output().abandon();
      request.input().end(new Pipe.Next.End());
      open.permits().release();
    }
  }

  /**
   * Hands input to a command that runs in a pod, waiting while the command does not take any.
   *
   * @param pod id of the pod that it was run in
   * @return false when there is no such conversation any more
   * @throws ApiException when the command took nothing for a while; nothing was handed over then
   */
  public boolean input(String pod, String id, byte[] bytes, Duration patience)
      throws InterruptedException {
    Optional<String> home = neighbours.home(id);
    return home.isPresent()
        ? neighbours.say(home.get(), pod, id, bytes, patience)
        : inputHere(pod, id, bytes, patience);
  }

  /** The same of a conversation that lives at this server. */
  boolean inputHere(String pod, String id, byte[] bytes, Duration patience)
      throws InterruptedException {
    Optional<RelayRequest> request =
        Optional.ofNullable(streams.get(id))
            .map(Open::request)
            .filter(
                each -> each.question() instanceof ExecQuery query && query.podId().equals(pod));
    if (request.isEmpty()) {
      return false;
    }
    boolean taken = request.get().input().write(bytes, patience);
    if (!taken && streams.containsKey(id)) {
      throw new ApiException(
          503, "InputNotTaken", "The command takes no input at present; send it again.");
    }
    return taken;
  }

  /**
   * What an instance is asked for through this server or another, as soon as there is something.
   *
   * @return as the agent gets it; empty when the time is over
   */
  List<ObjectNode> awaitRequests(String instanceId, Duration wait) throws InterruptedException {
    long end = System.nanoTime() + wait.toNanos();
    for (; ; ) {
      Duration left = Duration.ofNanos(Math.max(0, end - System.nanoTime()));
      Mailbox.Taken taken = mailbox(instanceId).take(left);
      if (taken.isEmpty()) {
        return List.of();
      }
      List<ObjectNode> asked = new ArrayList<>();
      taken.here().forEach(request -> asked.add(fetched(request)));
      for (String id : taken.elsewhere()) {
        Optional<String> home = neighbours.home(id);
        if (home.isPresent()) {
          neighbours.take(home.get(), instanceId, id).ifPresent(asked::add);
        }
      }
      // Another server may have fetched what waited elsewhere.
      if (!asked.isEmpty()) {
        return asked;
      }
    }
  }

  private static ObjectNode fetched(RelayRequest request) {
    request.output().fetched();
    return request.toJson();
  }

  /** A request made through this server, for an instance that asks another. */
  Optional<ObjectNode> take(String instanceId, String requestId) {
    return mailbox(instanceId).take(requestId).map(Relay::fetched);
  }

  /**
   * The pipe into which an instance writes its answer.
   *
   * @return empty when the request is unknown, another instance's, answered already, or when nobody
   *     waits for it any more
   */
  Optional<Pipe> claim(String instanceId, String requestId) {
    return request(instanceId, requestId).map(RelayRequest::output).filter(Pipe::claim);
  }

  /**
   * The pipe out of which an instance reads what a person says; it can be had once.
   *
   * @return empty when the request is unknown, another instance's, or over
   */
  Optional<Pipe> claimInput(String instanceId, String requestId) {
    return request(instanceId, requestId).map(RelayRequest::input).filter(Pipe::claim);
  }

  private Optional<RelayRequest> request(String instanceId, String requestId) {
    return Optional.ofNullable(streams.get(requestId))
        .filter(open -> open.instanceId().equals(instanceId))
        .map(Open::request);
  }

  private Mailbox mailbox(String instanceId) {
    return mailboxes.computeIfAbsent(instanceId, absent -> new Mailbox());
  }

  /** Ends everything. */
  @Override
  public void close() {
    streams
        .values()
        .forEach(
            open -> {
              open.request().output().end(new Pipe.Next.Failed("the server is stopping"));
              open.request().input().end(new Pipe.Next.End());
            });
  }
}
