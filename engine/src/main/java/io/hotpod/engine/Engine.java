package io.hotpod.engine;

import io.hotpod.engine.config.SoftwareService;
import io.hotpod.engine.event.EventFeed;
import io.hotpod.engine.instance.InstanceService;
import io.hotpod.engine.secret.Redaction;
import io.hotpod.engine.servers.Peers;
import io.hotpod.engine.servers.Server;
import io.hotpod.engine.signal.GuestService;
import io.hotpod.engine.stack.KeptAnswers;
import io.hotpod.engine.stack.StackService;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** A running engine. Thread-safe. */
public interface Engine extends AutoCloseable {
  StackService stacks();

  InstanceService instances();

  GuestService guests();

  SoftwareService software();

  /**
   * What stacks, by their ids, hide by their parameters: to be taken out of what people see of
   * their pods. For one request and one thread, since it looks at each stack once.
   */
  Function<String, Redaction> hidden();

  /** Answers to requests about other things than stacks that may be sent again. */
  KeptAnswers answers();

  /** Events as they happen, on whichever server. */
  EventFeed feed();

  /**
   * Says where machines reach the server in front of this engine; the URLs that are made for them
   * begin so.
   *
   * @param base such as {@code http://127.0.0.1:8004}
   */
  void reachableAt(URI base);

  /**
   * The servers that carry out operations on the same database, this one among them, and those that
   * lately ended without a word; the oldest first.
   */
  List<Server> servers();

  /** How the servers on the same database find and know each other. */
  Peers peers();

  /** Why requests cannot be answered at the moment; empty when they can. */
  Optional<String> problem();

  /**
   * Lets steps in flight finish their writes and stops; what is not done goes on at the next start.
   */
  @Override
  void close();
}
