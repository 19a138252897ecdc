package io.hotpod.agent;

import static java.util.Objects.requireNonNull;

import io.hotpod.agent.runtime.RenderedFiles;
import io.hotpod.agent.runtime.podman.MemoryMounts;
import io.hotpod.agent.source.SignOff;
import io.hotpod.agent.source.SourceException;
import io.hotpod.agent.state.AtomicFile;
import io.hotpod.agent.state.Identity;
import io.hotpod.agent.state.StateDirectory;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.random.RandomGenerator;

/**
 * Takes a machine out: it is no instance any more, its server knows, and what it remembered is
 * forgotten. Its pods are left running or removed. It can be repeated after whatever went wrong,
 * and nothing is forgotten before what needs it is done. Only while no agent runs on that state.
 */
public final class Leaving {
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  private final AgentSettings settings;
  private final Set<String> always;
  private final Duration patience;
  private final Clock clock;
  private final RandomGenerator random;

  /** What the server was told. */
  public sealed interface Word {
    /** There was nothing to tell: no server knows of this machine, by what is on its disk. */
    record Nothing() implements Word {}

    /** The server has removed the instance. */
    record Told() implements Word {}

    /** The server does not take the credential: removed there before, or expired. */
    record Unknown() implements Word {}

    /** The server does not know yet. */
    record Untold(String reason) implements Word {}
  }

  /**
   * What was done.
   *
   * @param instance the name that it was enrolled under; empty where there was no instance
   * @param removed names of pods that were removed
   * @param left names of pods that go on; empty when nobody could be asked
   */
  public record Outcome(
      Optional<String> instance, List<String> removed, Optional<List<String>> left, Word word) {
    public Outcome {
      requireNonNull(instance, "instance is null");
      removed = List.copyOf(removed);
      left = left.map(List::copyOf);
      requireNonNull(word, "word is null");
    }
  }

  /**
   * @param settings of the agent that ran here; name and join token do not matter
   */
  public Leaving(AgentSettings settings, Clock clock, RandomGenerator random) {
    this(settings, Set.of(), PATIENCE, clock, random);
  }

  /**
   * @param always instances that are left whatever is on the disk
   * @param patience with what runs the pods, until it answers
   */
  Leaving(
      AgentSettings settings,
      Set<String> always,
      Duration patience,
      Clock clock,
      RandomGenerator random) {
    this.settings = requireNonNull(settings, "settings is null");
    this.always = Set.copyOf(always);
    this.patience = requireNonNull(patience, "patience is null");
    this.clock = requireNonNull(clock, "clock is null");
    this.random = requireNonNull(random, "random is null");
  }

  /** The same for an agent that enrolled nowhere, which is known by the name in its settings. */
  public static Leaving standalone(AgentSettings settings, Clock clock, RandomGenerator random) {
    return new Leaving(
        settings, Set.of(StandaloneAgent.instanceId(settings)), PATIENCE, clock, random);
  }

  /**
   * @param removingPods whether the pods go too, each with its own grace period
   * @throws IOException when the state cannot be read or changed, or pods are to go and cannot
   * @throws IllegalStateException when an agent of this instance runs
   */
  public Outcome leave(boolean removingPods) throws IOException, InterruptedException {
    StateDirectory state = new StateDirectory(settings.stateDirectory());
    Optional<Identity> identity = state.identity();
    Set<String> instances = new LinkedHashSet<>(state.left());
    instances.addAll(always);
    identity.map(Identity::instanceId).ifPresent(instances::add);

    List<String> removed = new ArrayList<>();
    Optional<List<String>> left = Optional.of(List.of());
    if (!instances.isEmpty()) {
      LeftBehind behind = new LeftBehind(settings, patience, clock, random);
      if (removingPods) {
        removed.addAll(behind.remove(instances));
      } else {
        left = behind.find(instances);
      }
    }
    Word word = identity.isPresent() ? tell(identity.get()) : new Word.Nothing();

    boolean gone = left.isPresent() && left.get().isEmpty();
    state.saveLeft(gone ? List.of() : List.copyOf(instances));
    for (Path path : state.remembered()) {
      RenderedFiles.delete(path);
      AtomicFile.delete(path);
    }
    if (gone) {
      for (Path directory : state.mounted()) {
        MemoryMounts.unmountBelow(directory);
        RenderedFiles.delete(directory);
      }
    }
    return new Outcome(
        identity.map(one -> one.name().orElse(one.instanceId())), removed, left, word);
  }

  private Word tell(Identity identity) throws InterruptedException {
    try {
      return SignOff.send(settings.server(), identity) ? new Word.Told() : new Word.Unknown();
    } catch (SourceException e) {
      return new Word.Untold(String.valueOf(e.getMessage()));
    }
  }
}
