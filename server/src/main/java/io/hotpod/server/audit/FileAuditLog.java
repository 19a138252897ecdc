package io.hotpod.server.audit;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * A file that only grows, readable by its owner only. One that was moved away, as logrotate does,
 * is begun anew. Thread-safe.
 */
public final class FileAuditLog implements AuditLog {
  private static final Logger LOG = LoggerFactory.getLogger(FileAuditLog.class);
  private static final JsonMapper MAPPER = JsonMapper.shared();

  private final Path path;
  private final ReentrantLock writing = new ReentrantLock();
  private Open open;

  /** The file and what tells it from another of that name. */
  private record Open(FileChannel channel, String key) {}

  private FileAuditLog(Path path, Open open) {
    this.path = path;
    this.open = open;
  }

  /**
   * Opens the file, or makes it.
   *
   * @throws IOException when it cannot be written
   */
  public static FileAuditLog open(Path path) throws IOException {
    requireNonNull(path, "path is null");
    return new FileAuditLog(path, openFile(path));
  }

  @Override
  public void write(AuditEntry entry) {
    ByteBuffer line =
        ByteBuffer.wrap((MAPPER.writeValueAsString(json(entry)) + "\n").getBytes(UTF_8));
    writing.lock();
    try {
      if (!key(path).equals(open.key())) {
        open.channel().close();
        open = openFile(path);
      }
      while (line.hasRemaining()) {
        open.channel().write(line);
      }
    } catch (IOException e) {
      LOG.error("{} {} could not be written to the audit log", entry.requestId(), path, e);
    } finally {
      writing.unlock();
    }
  }

  private static ObjectNode json(AuditEntry entry) {
    ObjectNode line = JsonNodeFactory.instance.objectNode();
    line.put("time", entry.time().toString()).put("request_id", entry.requestId());
    line.put("user", entry.user()).put("project", entry.project());
    line.put("address", entry.address());
    line.put("method", entry.method()).put("path", entry.path());
    line.put("status", entry.status()).put("outcome", entry.outcome());
    return line;
  }

  private static Open openFile(Path path) throws IOException {
    FileChannel channel =
        FileChannel.open(
            path,
            Set.of(StandardOpenOption.CREATE, StandardOpenOption.APPEND),
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    return new Open(channel, key(path));
  }

  private static String key(Path path) {
    try {
      return "" + Files.readAttributes(path, BasicFileAttributes.class).fileKey();
    } catch (IOException missing) {
      return "missing";
    }
  }

  @Override
  public void close() {
    writing.lock();
    try {
      open.channel().close();
    } catch (IOException e) {
      LOG.warn("{} did not close well", path, e);
    } finally {
      writing.unlock();
    }
  }
}
