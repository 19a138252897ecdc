package io.hotpod.testing.kubelet;

import java.io.IOException;
import java.nio.file.ClosedWatchServiceException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardWatchEventKinds;
import java.nio.file.WatchEvent;
import java.nio.file.WatchKey;
import java.nio.file.WatchService;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * The manifest directory as a kubelet reads it: single changes at once, and the whole of it every
 * 20 s, which repairs what single changes got wrong. Everything visible is read.
 */
final class PodSource implements AutoCloseable {
  private static final double LIST_SECONDS = 20;

  private final Path directory;
  private final String nodeName;
  private final FakeMachine machine;
  private final Consumer<Map<String, Manifest>> listener;
  private final List<String> log = new CopyOnWriteArrayList<>();
  private final Map<String, Manifest> pods = new LinkedHashMap<>();
  private final Map<Path, String> keys = new HashMap<>();
  private final WatchService watcher;
  private final Thread thread;
  private boolean watching;

  PodSource(
      Path directory,
      String nodeName,
      FakeMachine machine,
      Consumer<Map<String, Manifest>> listener)
      throws IOException {
    this.directory = directory;
    this.nodeName = nodeName;
    this.machine = machine;
    this.listener = listener;
    watcher = directory.getFileSystem().newWatchService();
    thread = Thread.ofPlatform().daemon().name("fake-kubelet-source").unstarted(this::run);
  }

  void start() {
    thread.start();
  }

  /** What a kubelet writes into its log of files that it does not take. */
  List<String> log() {
    return log;
  }

  private void run() {
    try {
      long nextList = System.nanoTime();
      for (; ; ) {
        if (System.nanoTime() - nextList >= 0) {
          nextList = System.nanoTime() + machine.pace.nanos(LIST_SECONDS);
          list();
        }
        WatchKey key = watcher.poll(nextList - System.nanoTime(), TimeUnit.NANOSECONDS);
        if (key != null) {
          // As long as the kernel and the kubelet take.
          TimeUnit.NANOSECONDS.sleep(machine.pace.between(0.002, 0.05));
          for (WatchEvent<?> event : key.pollEvents()) {
            happened(event);
          }
          key.reset();
        }
      }
    } catch (InterruptedException | ClosedWatchServiceException e) {
      // The kubelet is gone.
      Thread.currentThread().interrupt();
    } catch (IOException e) {
      log.add("the manifest directory cannot be read: " + e);
    }
  }

  private void list() throws IOException {
    Map<String, Manifest> found = new LinkedHashMap<>();
    keys.clear();
    if (Files.isDirectory(directory)) {
      if (!watching) {
        watching = true;
        directory.register(
            watcher,
            StandardWatchEventKinds.ENTRY_CREATE,
            StandardWatchEventKinds.ENTRY_MODIFY,
            StandardWatchEventKinds.ENTRY_DELETE);
      }
      TreeSet<Path> files = new TreeSet<>();
      try (DirectoryStream<Path> list = Files.newDirectoryStream(directory)) {
        list.forEach(files::add);
      }
      for (Path file : files) {
        read(file, found);
      }
    }
    pods.clear();
    pods.putAll(found);
    listener.accept(Map.copyOf(pods));
  }

  private void read(Path file, Map<String, Manifest> into) {
    if (String.valueOf(file.getFileName()).startsWith(".") || !Files.isRegularFile(file)) {
      return;
    }
    try {
      Manifest manifest = Manifest.read(file, Files.readString(file), nodeName);
      if (!manifest.pod().path("metadata").path("uid").isMissingNode()) {
        machine.violation(file + " has a fixed metadata.uid");
      }
      if (manifest.needsApiServer()) {
        machine.violation(file + " refers to what only an API server has");
      }
      into.put(manifest.key(), manifest);
      keys.put(file, manifest.key());
    } catch (Manifest.InvalidException e) {
      log.add("can't process config file \"" + file + "\": " + e.getMessage());
    } catch (IOException e) {
      log.add("can't read config file \"" + file + "\": " + e);
    }
  }

  private void happened(WatchEvent<?> event) {
    if (!(event.context() instanceof Path name) || name.toString().startsWith(".")) {
      return;
    }
    Path file = directory.resolve(name);
    if (event.kind().equals(StandardWatchEventKinds.ENTRY_DELETE)) {
      String key = keys.remove(file);
      if (key != null) {
        pods.remove(key);
      }
    } else {
      if (event.kind().equals(StandardWatchEventKinds.ENTRY_MODIFY)) {
        machine.violation(file + " was written in place");
      }
      read(file, pods);
    }
    listener.accept(Map.copyOf(pods));
  }

  @Override
  public void close() throws IOException {
    watcher.close();
    thread.interrupt();
  }
}
