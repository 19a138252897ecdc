package io.hotpod.agent;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.logging.SimpleFormatter;

/** All that this process logs while it is open, down to what only who looks for faults turns on. */
public final class Logged implements AutoCloseable {
  private static final Logger OURS = Logger.getLogger("io.hotpod");

  private final List<LogRecord> records = new CopyOnWriteArrayList<>();
  private final Level before = OURS.getLevel();
  private final Handler handler =
      new Handler() {
        @Override
        public void publish(LogRecord record) {
          records.add(record);
        }

        @Override
        public void flush() {
          // Nothing is kept back.
        }

        @Override
        public void close() {
          // Nothing is open.
        }
      };

  public Logged() {
    handler.setLevel(Level.ALL);
    OURS.addHandler(handler);
    OURS.setLevel(Level.ALL);
  }

  /** Everything so far, with the stacks of what was thrown. */
  public String text() {
    SimpleFormatter formatter = new SimpleFormatter();
    StringBuilder text = new StringBuilder();
    records.forEach(record -> text.append(formatter.format(record)));
    return text.toString();
  }

  @Override
  public void close() {
    OURS.setLevel(before);
    OURS.removeHandler(handler);
  }
}
