package io.hotpod.engine.resource.heat;

import io.hotpod.engine.EngineException;
import io.hotpod.engine.ErrorCode;
import io.hotpod.engine.resource.SignalContext;
import io.hotpod.engine.signal.SignalStore;
import io.hotpod.engine.signal.StoredSignal;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** What wait condition handles are told, in the words of Heat and of CloudFormation. */
final class WaitSignals {
  static final String STATUS = "status";
  static final String REASON = "reason";
  static final String DATA = "data";
  static final String SUCCESS = "SUCCESS";
  static final String FAILURE = "FAILURE";

  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

  private WaitSignals() {}

  /**
   * The names of the four parts of a signal.
   *
   * @param complete all of them have to be there
   */
  record Manner(String status, String reason, String data, String id, boolean complete) {
    static final Manner HEAT = new Manner(STATUS, REASON, DATA, "id", false);
    static final Manner CLOUD_FORMATION = new Manner("Status", "Reason", "Data", "UniqueId", true);

    private Set<String> names() {
      return Set.of(status, reason, data, id);
    }
  }

  /**
   * Keeps a signal.
   *
   * @return what the event says of it
   * @throws EngineException when it is none
   */
  static String take(SignalStore store, SignalContext context, ObjectNode details, Manner manner) {
    Set<String> given = Set.copyOf(details.propertyNames());
    boolean known = manner.names().containsAll(given);
    if (!known || (manner.complete() && !given.containsAll(manner.names()))) {
      throw refused("it takes " + (manner.complete() ? "exactly " : "") + sorted(manner));
    }
    String status = text(details.path(manner.status()), SUCCESS);
    if (!status.equals(SUCCESS) && !status.equals(FAILURE)) {
      throw refused(manner.status() + " takes SUCCESS or FAILURE");
    }
    StoredSignal kept =
        store.add(
            context.resource().id(),
            context.now(),
            number -> {
              ObjectNode content = JSON.objectNode();
              JsonNode data = details.path(manner.data());
              content.set(DATA, data.isMissingNode() ? JSON.nullNode() : data);
              content.put(
                  REASON, text(details.path(manner.reason()), "Signal " + number + " received"));
              content.put(STATUS, status);
              return new StoredSignal(text(details.path(manner.id()), "" + number), content);
            });
    return "status:%s reason:%s".formatted(status, kept.content().path(REASON).asString(""));
  }

  private static List<String> sorted(Manner manner) {
    return manner.names().stream().sorted().toList();
  }

  private static EngineException refused(String why) {
    return new EngineException(ErrorCode.INVALID_SIGNAL, "Metadata format invalid: " + why + ".");
  }

  private static String text(JsonNode value, String absent) {
    return value.isMissingNode() || value.isNull()
        ? absent
        : value.isValueNode() ? value.asString("") : value.toString();
  }

  /** The signals by their ids, as the metadata of a handle has them. */
  static ObjectNode metadata(List<StoredSignal> signals, Manner manner) {
    ObjectNode metadata = JSON.objectNode();
    for (StoredSignal signal : signals) {
      ObjectNode entry = metadata.putObject(signal.id());
      entry.set(manner.data(), signal.content().path(DATA));
      entry.set(manner.reason(), signal.content().path(REASON));
      entry.set(manner.status(), signal.content().path(STATUS));
    }
    return metadata;
  }

  /** The signals in metadata; what is none is left out. */
  static List<StoredSignal> read(ObjectNode metadata, Manner manner) {
    List<StoredSignal> signals = new ArrayList<>();
    metadata.forEachEntry(
        (id, entry) -> {
          String status = entry.path(manner.status()).asString("");
          if (status.equals(SUCCESS) || status.equals(FAILURE)) {
            ObjectNode content = JSON.objectNode();
            JsonNode data = entry.path(manner.data());
            content.set(DATA, data.isMissingNode() ? JSON.nullNode() : data);
            content.put(REASON, text(entry.path(manner.reason()), ""));
            content.put(STATUS, status);
            signals.add(new StoredSignal(id, content));
          }
        });
    return signals;
  }

  /** The reasons of the signals that have a status. */
  static List<String> reasons(List<StoredSignal> signals, String status) {
    return signals.stream()
        .filter(signal -> signal.content().path(STATUS).asString("").equals(status))
        .map(signal -> signal.content().path(REASON).asString(""))
        .toList();
  }
}
