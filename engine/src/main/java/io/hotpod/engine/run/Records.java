package io.hotpod.engine.run;

import io.hotpod.engine.resource.Physical;
import io.hotpod.engine.resource.ResourceRecord;
import io.hotpod.engine.stack.Action;
import io.hotpod.engine.stack.Status;
import io.hotpod.pod.ModificationToken;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.node.ObjectNode;

/** Makes changed copies of resource records. */
final class Records {
  private final ResourceRecord original;
  private int incarnation;
  private String type;
  private String implementation;
  private Optional<String> physicalId;
  private Action action;
  private Status status;
  private String statusReason;
  private Optional<ModificationToken> token;
  private ObjectNode properties;
  private Optional<ObjectNode> shown;
  private ObjectNode data;
  private Set<String> requires;
  private String definitionId;
  private String operationId;
  private Optional<String> replacedBy;
  private boolean retain;
  private Instant updatedAt;

  private Records(ResourceRecord original) {
    this.original = original;
    this.incarnation = original.incarnation();
    this.type = original.type();
    this.implementation = original.implementation();
    this.physicalId = original.physicalId();
    this.action = original.action();
    this.status = original.status();
    this.statusReason = original.statusReason();
    this.token = original.token();
    this.properties = original.properties();
    this.shown = original.shown();
    this.data = original.data();
    this.requires = original.requires();
    this.definitionId = original.definitionId();
    this.operationId = original.operationId();
    this.replacedBy = original.replacedBy();
    this.retain = original.retain();
    this.updatedAt = original.updatedAt();
  }

  static Records of(ResourceRecord original) {
    return new Records(original);
  }

  Records state(Action newAction, Status newStatus, String reason) {
    this.action = newAction;
    this.status = newStatus;
    this.statusReason = reason;
    return this;
  }

  Records incarnation(int newIncarnation) {
    this.incarnation = newIncarnation;
    return this;
  }

  Records type(String newType, String newImplementation) {
    this.type = newType;
    this.implementation = newImplementation;
    return this;
  }

  Records physical(Physical physical) {
    this.physicalId = Optional.of(physical.physicalId());
    this.data = physical.data();
    return this;
  }

  Records data(ObjectNode newData) {
    this.data = newData;
    return this;
  }

  Records physicalId(String id) {
    this.physicalId = Optional.of(id);
    return this;
  }

  Records token(ModificationToken newToken) {
    this.token = Optional.of(newToken);
    return this;
  }

  /**
   * @param newShown them without what is for nobody's eyes; the same when there is nothing of it
   */
  Records properties(ObjectNode newProperties, ObjectNode newShown) {
    this.properties = newProperties;
    this.shown = newShown.equals(newProperties) ? Optional.empty() : Optional.of(newShown);
    return this;
  }

  Records requires(Set<String> names) {
    this.requires = names;
    return this;
  }

  Records definition(String id) {
    this.definitionId = id;
    return this;
  }

  Records operation(String id) {
    this.operationId = id;
    return this;
  }

  Records replacedBy(String id) {
    this.replacedBy = Optional.of(id);
    return this;
  }

  Records notReplaced() {
    this.replacedBy = Optional.empty();
    return this;
  }

  Records retain(boolean newRetain) {
    this.retain = newRetain;
    return this;
  }

  Records at(Instant time) {
    this.updatedAt = time;
    return this;
  }

  ResourceRecord build() {
    return new ResourceRecord(
        original.id(),
        original.stackId(),
        original.name(),
        type,
        implementation,
        incarnation,
        physicalId,
        action,
        status,
        statusReason,
        token,
        properties,
        shown,
        data,
        requires,
        definitionId,
        operationId,
        replacedBy,
        retain,
        original.createdAt(),
        updatedAt);
  }
}
