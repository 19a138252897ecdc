package io.hotpod.cli.session;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;

/** Why a file could not be used, in words instead of a class's name. Pure. */
public final class FileReasons {
  private FileReasons() {}

  /** The same of a failure that wraps one. */
  static String of(UncheckedIOException failure) {
    return failure.getCause() == null ? "for a reason unknown" : of(failure.getCause());
  }

  /** A clause without a full stop, such as {@code permission denied}. */
  public static String of(IOException failure) {
    return switch (failure) {
      case NoSuchFileException missing -> missing.getFile() + " does not exist";
      case AccessDeniedException denied -> "permission denied for " + denied.getFile();
      case FileAlreadyExistsException taken -> taken.getFile() + " is not a directory";
      case FileSystemException other when other.getReason() != null -> other.getReason();
      case IOException other ->
          other.getMessage() == null ? other.getClass().getSimpleName() : other.getMessage();
    };
  }
}
