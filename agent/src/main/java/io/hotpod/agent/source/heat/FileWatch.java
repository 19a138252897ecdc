package io.hotpod.agent.source.heat;

import io.hotpod.agent.runtime.Threads;
import java.io.IOException;
import java.nio.file.ClosedWatchServiceException;
import java.nio.file.Path;
import java.nio.file.StandardWatchEventKinds;
import java.nio.file.WatchKey;
import java.nio.file.WatchService;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Says when something in the directory of a file changes, so that nobody has to ask. */
final class FileWatch implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(FileWatch.class);

  private final WatchService service;
  private final Thread thread;

  /**
   * Begins to watch.
   *
   * @param changed never blocks
   * @throws IOException when the directory cannot be watched
   */
  FileWatch(Path file, Runnable changed) throws IOException {
    Path directory = file.toAbsolutePath().normalize().resolveSibling("");
    service = directory.getFileSystem().newWatchService();
    directory.register(
        service,
        StandardWatchEventKinds.ENTRY_CREATE,
        StandardWatchEventKinds.ENTRY_MODIFY,
        StandardWatchEventKinds.ENTRY_DELETE);
    thread = Thread.ofVirtual().name("watch-" + file.getFileName()).start(() -> run(changed));
  }

  private void run(Runnable changed) {
    try {
      for (; ; ) {
        WatchKey key = service.take();
        key.pollEvents();
        key.reset();
        changed.run();
      }
    } catch (InterruptedException | ClosedWatchServiceException e) {
      LOG.debug("the file is watched no longer");
    }
  }

  @Override
  public void close() {
    Threads.end(thread);
    try {
      service.close();
    } catch (IOException e) {
      LOG.debug("the watch did not close well", e);
    }
  }
}
