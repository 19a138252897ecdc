package io.hotpod.engine.store;

import static java.util.stream.Collectors.toSet;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.config.JdbiConfig;

/**
 * Writes in groups: whatever waits when a transaction begins shares its commit, so a thousand steps
 * cost a few flushes and none is answered before it is on the disk. Writes are applied in the order
 * in which they were handed in. Thread-safe.
 */
public final class GroupWriter implements AutoCloseable {
  private final Jdbi jdbi;
  private final Consumer<Handle> begin;
  private final DatabaseHealth health;
  private final Commits commits;
  private final BlockingQueue<Queued> queue = new LinkedBlockingQueue<>();
  private final Thread thread;
  private volatile boolean closed;

  /**
   * @param begin called first in each transaction
   * @param health refuses writes while the database cannot take any
   */
  GroupWriter(Jdbi jdbi, Consumer<Handle> begin, DatabaseHealth health, Commits commits) {
    this.jdbi = jdbi;
    this.begin = begin;
    this.health = health;
    this.commits = commits;
    this.thread = Thread.ofPlatform().name("hotpod-writer").daemon().start(this::run);
  }

  /** Configures the handles of all later writes. */
  <C extends JdbiConfig<C>> void configure(Class<C> type, Consumer<C> change) {
    jdbi.configure(type, change);
  }

  /** What waits to be written. */
  private sealed interface Queued {
    /** Told when it could not be written. */
    Consumer<RuntimeException> onLost();
  }

  private record Write<T>(
      Function<Handle, T> change, Consumer<T> onDone, Consumer<RuntimeException> onLost)
      implements Queued {}

  private record Entry(JournalEntry entry, Runnable onDone, Consumer<RuntimeException> onLost)
      implements Queued {}

  private static final Queued STOP = new Write<>(handle -> 0, done -> {}, lost -> {});

  /**
   * Applies a change and waits until it is durable.
   *
   * @param change runs inside a transaction; whatever it throws undoes it alone and is thrown here
   */
  public <T> T write(Function<Handle, T> change) {
    health.requireWritable();
    return await(change);
  }

  /** The same also while the database seems to be unable to write. */
  <T> T aside(Function<Handle, T> change) {
    return await(change);
  }

  private <T> T await(Function<Handle, T> change) {
    CompletableFuture<T> result = new CompletableFuture<>();
    enqueue(new Write<>(change, result::complete, result::completeExceptionally));
    return join(result);
  }

  /** Writes an entry of a journal and waits until it is durable. */
  public void write(JournalEntry entry) {
    health.requireWritable();
    CompletableFuture<Boolean> result = new CompletableFuture<>();
    enqueue(new Entry(entry, () -> result.complete(true), result::completeExceptionally));
    join(result);
  }

  private static <T> T join(CompletableFuture<T> result) {
    try {
      return result.join();
    } catch (CompletionException e) {
      if (e.getCause() instanceof RuntimeException cause) {
        throw cause;
      }
      throw e;
    }
  }

  /**
   * Hands a change in; later writes come after it.
   *
   * @param whenDone told what went wrong, if anything, once the change is durable or undone; must
   *     not block
   */
  public void submit(Consumer<Handle> change, Consumer<Optional<RuntimeException>> whenDone) {
    try {
      health.requireWritable();
    } catch (DatabaseAwayException away) {
      whenDone.accept(Optional.of(away));
      return;
    }
    enqueue(
        new Write<>(
            handle -> {
              change.accept(handle);
              return 0;
            },
            done -> whenDone.accept(Optional.empty()),
            lost -> whenDone.accept(Optional.of(lost))));
  }

  /** The same for an entry of a journal. */
  public void submit(JournalEntry entry, Consumer<Optional<RuntimeException>> whenDone) {
    try {
      health.requireWritable();
    } catch (DatabaseAwayException away) {
      whenDone.accept(Optional.of(away));
      return;
    }
    enqueue(
        new Entry(
            entry,
            () -> whenDone.accept(Optional.empty()),
            lost -> whenDone.accept(Optional.of(lost))));
  }

  private void enqueue(Queued write) {
    if (closed) {
      write.onLost().accept(new DatabaseAwayException("the database is closed"));
    } else {
      queue.add(write);
    }
  }

  private void run() {
    List<Queued> group = new ArrayList<>();
    boolean stopped = false;
    while (!stopped) {
      group.clear();
      try {
        group.add(queue.take());
      } catch (InterruptedException e) {
        return;
      }
      commit(group);
      stopped = group.contains(STOP);
    }
  }

  /**
   * Commits a group.
   *
   * @param group the first write; what waits once this server may write is added, so that what came
   *     while another server wrote goes along
   */
  private void commit(List<Queued> group) {
    List<Runnable> answers = new ArrayList<>();
    try {
      jdbi.useTransaction(
          handle -> {
            commits.before(handle);
            begin.accept(handle);
            UndoPoint undo = UndoPoint.set(handle);
            queue.drainTo(group, commits.largestGroup() - 1);
            answers.addAll(apply(handle, group, undo));
            undo.end();
          });
      commits.after();
    } catch (RuntimeException e) {
      RuntimeException reason = health.explained(e);
      group.forEach(write -> write.onLost().accept(reason));
      return;
    }
    answers.forEach(Runnable::run);
  }

  /** What fails alone takes nobody with it. Returns what the writers are to be told. */
  private List<Runnable> apply(Handle handle, List<Queued> group, UndoPoint undo) {
    List<Runnable> answers = new ArrayList<>(group.size());
    List<Entry> neighbours = new ArrayList<>();
    for (Queued queued : group) {
      switch (queued) {
        case Entry each -> neighbours.add(each);
        case Write<?> each -> {
          // It sees what was handed in before it.
          answers.addAll(applyEntries(handle, List.copyOf(neighbours), undo));
          neighbours.clear();
          answers.add(apply(handle, each, undo));
        }
      }
    }
    answers.addAll(applyEntries(handle, List.copyOf(neighbours), undo));
    return answers;
  }

  /**
   * Writes entries together; where that fails, each by itself, so that only the bad ones are lost.
   */
  private List<Runnable> applyEntries(Handle handle, List<Entry> neighbours, UndoPoint undo) {
    if (neighbours.isEmpty()) {
      return List.of();
    }
    try {
      JournalBatch batch =
          new JournalBatch(
              handle, neighbours.stream().map(each -> each.entry().stackId()).collect(toSet()));
      List<Runnable> answers = neighbours.stream().map(entry -> take(batch, entry)).toList();
      batch.write();
      undo.move();
      return answers;
    } catch (RuntimeException e) {
      goBack(undo, e);
      return neighbours.size() == 1
          ? List.of(() -> neighbours.getFirst().onLost().accept(e))
          : neighbours.stream()
              .flatMap(entry -> applyEntries(handle, List.of(entry), undo).stream())
              .toList();
    }
  }

  private static Runnable take(JournalBatch batch, Entry queued) {
    Optional<RuntimeException> refusal = batch.add(queued.entry());
    return refusal.isPresent()
        ? () -> queued.onLost().accept(refusal.orElseThrow())
        : queued.onDone();
  }

  /**
   * Goes back to before what has failed.
   *
   * @throws RuntimeException the failure itself, when the transaction may be gone already, and with
   *     it everything in it
   */
  private void goBack(UndoPoint undo, RuntimeException failure) {
    if (health.isTrouble(failure)) {
      throw failure;
    }
    undo.goBack();
  }

  private <T> Runnable apply(Handle handle, Write<T> write, UndoPoint undo) {
    try {
      T value = write.change().apply(handle);
      undo.move();
      return () -> write.onDone().accept(value);
    } catch (RuntimeException e) {
      goBack(undo, e);
      return () -> write.onLost().accept(e);
    }
  }

  /** Lets everything that was handed in be written, then stops. */
  @Override
  public void close() {
    closed = true;
    queue.add(STOP);
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    List<Queued> late = new ArrayList<>();
    queue.drainTo(late);
    late.forEach(
        write -> write.onLost().accept(new DatabaseAwayException("the database is closed")));
  }
}
