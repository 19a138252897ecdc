package io.hotpod.engine.instance;

import io.hotpod.engine.EngineException;
import io.hotpod.engine.stack.Caller;
import io.hotpod.pod.DesiredPods;
import io.hotpod.pod.PodReport;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Instances, for people and for the agents on them. Thread-safe. Every refusal is an {@link
 * EngineException}.
 */
public interface InstanceService {
  /** Makes a token with which one instance can enrol in the caller's project. */
  JoinToken createJoinToken(Caller caller, Duration validFor);

  /**
   * Enrols an instance. The name of one whose credential has expired may be taken again: it is the
   * same instance then, with its pods. A token is good once; the same token and name within its
   * time is answered with a new credential for the same instance, so that a lost answer can be
   * asked for again until the instance has used its credential.
   *
   * @throws EngineException FORBIDDEN for a token that is unknown, used or expired; INSTANCE_EXISTS
   *     for a name that is taken
   */
  Enrolment enrol(String joinToken, String name);

  /** Whether the credential is the instance's own. Takes the same time either way. */
  Authenticity authenticate(String instanceId, String credential);

  /**
   * Gives an instance another credential. The one that it has stays good until the other was used
   * once, so an answer that is lost locks nobody out: it asks again, and only the newest answer
   * counts.
   */
  String renew(String instanceId);

  /** Has an instance renew its credential now, however young that is. */
  void rotate(Caller caller, String nameOrId);

  /**
   * The desired set of an instance, once its version is another than the given one.
   *
   * @param knownVersion what the agent has; -1 when it has none
   * @param wait how long to wait for a change
   * @return empty when nothing changed in that time
   */
  Optional<DesiredPods> awaitDesired(String instanceId, long knownVersion, Duration wait);

  /** Takes in what an agent saw, and wakes whoever waits for it. */
  void report(String instanceId, PodReport report);

  List<Instance> list(Caller caller);

  /** An instance by name or id. */
  Instance find(Caller caller, String nameOrId);

  /**
   * Forgets an instance: its credential is void from now on, and its name is free.
   *
   * @param givingUpPods whether that is done even when stacks want pods there: those count as gone
   *     from then on, although its machine, should it still run, leaves them as they are
   * @throws EngineException INSTANCE_IN_USE when there are such pods and they are not given up
   */
  void remove(Caller caller, String nameOrId, boolean givingUpPods);

  /**
   * Takes in that a machine is no instance any more, by its own word. As {@link #remove}, whatever
   * stacks want there: it is a fact that nobody can refuse.
   */
  void leave(String instanceId);

  /**
   * Says something about an instance.
   *
   * @param changes of its labels, by key; an empty one takes the label away
   * @throws EngineException VALIDATION_FAILED for what can be no label, LIMIT_EXCEEDED for too many
   */
  Instance label(Caller caller, String nameOrId, Map<String, Optional<String>> changes);

  /**
   * Says whether an instance takes pods. Stopped pods keep their place, and come back when it takes
   * pods again.
   */
  Instance drain(Caller caller, String nameOrId, Drain drain);

  /**
   * Waits until an instance says that no pod is left on it.
   *
   * @return whether that is so
   */
  boolean awaitEmpty(Caller caller, String nameOrId, Duration wait);

  List<PodRecord> pods(Caller caller);

  /** A pod by its id, its pod name, or {@code stack/resource}. */
  PodRecord pod(Caller caller, String nameOrId);
}
