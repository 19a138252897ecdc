package io.hotpod.agent.runtime.kubelet;

import static java.util.Objects.requireNonNull;

import java.nio.file.Path;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * How an agent knows that it speaks with its kubelet. A kubelet signs its own certificate for the
 * name of its node, so that no general list of authorities and no address ever fits it.
 */
public sealed interface KubeletTrust {
  /** Not at all: for plain HTTP to this machine. */
  record Nothing() implements KubeletTrust {}

  /**
   * The certificates of a file: authorities, or the kubelet's own.
   *
   * @param file PEM
   */
  record Authority(Path file) implements KubeletTrust {
    public Authority {
      requireNonNull(file, "file is null");
    }
  }

  /**
   * One certificate, whoever signed it.
   *
   * @param sha256 of its DER form, in lower-case hexadecimal without separators
   */
  record Fingerprint(String sha256) implements KubeletTrust {
    private static final Pattern SYNTAX = Pattern.compile("[0-9a-f]{64}");

    public Fingerprint {
      if (!SYNTAX.matcher(sha256).matches()) {
        throw new IllegalArgumentException("not a SHA-256 fingerprint: " + sha256);
      }
    }

    /**
     * Reads what people copy: {@code AB:CD:…}, {@code sha256:abcd…}, {@code SHA256
     * Fingerprint=AB:CD:…}.
     *
     * @throws IllegalArgumentException when it is no SHA-256 fingerprint
     */
    public static Fingerprint parse(String text) {
      String digits = text.strip().toLowerCase(Locale.ROOT);
      digits = digits.substring(digits.lastIndexOf('=') + 1);
      digits = digits.startsWith("sha256:") ? digits.substring("sha256:".length()) : digits;
      digits = digits.replace(":", "");
      if (!SYNTAX.matcher(digits).matches()) {
        throw new IllegalArgumentException(
            "not a SHA-256 fingerprint: \""
                + text
                + "\"; \"openssl x509 -in FILE -noout -fingerprint -sha256\" prints one");
      }
      return new Fingerprint(digits);
    }
  }
}
