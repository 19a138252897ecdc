package io.hotpod.server.audit;

/** Takes down every change that was asked for. Thread-safe. */
public interface AuditLog extends AutoCloseable {
  /** Nowhere. */
  AuditLog NONE = entry -> {};

  /** Writes an entry down before it returns. */
  void write(AuditEntry entry);

  @Override
  default void close() {}
}
