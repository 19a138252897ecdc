package io.hotpod.pod.manifest;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.Pod;
import io.hotpod.document.DocumentException;
import io.hotpod.document.DocumentReader;
import io.hotpod.document.Limits;
import io.hotpod.document.Node;
import io.hotpod.document.Problem;
import io.hotpod.pod.CanonicalJson;
import io.hotpod.pod.PodJson;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import tools.jackson.databind.node.ObjectNode;

/**
 * A pod manifest that was accepted: a v1 Pod, a v1beta3 Pod, or the flat container manifest of
 * v1beta1 and v1beta2, normalised to a v1 Pod. Manifests that mean the same have the same pod and
 * the same digest, however they were written. Immutable as long as nobody changes the pod.
 */
public final class PodManifest {
  private static final DocumentReader READER = new DocumentReader(Limits.DEFAULT);

  private final Pod pod;
  private final List<Problem> warnings;
  private final String digest;

  private PodManifest(Pod pod, List<Problem> warnings, String digest) {
    this.pod = pod;
    this.warnings = warnings;
    this.digest = digest;
  }

  /**
   * Reads a manifest from YAML or JSON.
   *
   * @param file what problems call the text
   * @param context what the pod may refer to
   * @throws DocumentException with every problem of the manifest, each with its place
   */
  public static PodManifest read(String file, String text, ManifestContext context)
      throws DocumentException {
    return read(READER.read(file, text), context);
  }

  /**
   * Reads a manifest that is part of a larger document, or was made from a value. Inputs have been
   * put in already, see {@link ManifestInputs#substitute}.
   *
   * @param context what the pod may refer to
   * @throws DocumentException with every problem of the manifest; each has a place when its node
   *     has one, and a path from the root of the manifest
   */
  public static PodManifest read(Node document, ManifestContext context) throws DocumentException {
    Findings findings = new Findings(new IdentityHashMap<>());
    Optional<ObjectNode> checked = check(document, context, findings);
    if (!findings.errors().isEmpty() || checked.isEmpty()) {
      throw new DocumentException(findings.errors());
    }
    PodDefaults.apply(checked.get());
    Pod pod = PodJson.read(checked.get(), Pod.class);
    return new PodManifest(pod, findings.warnings(), digest(checked.get()));
  }

  /**
   * The problems that a manifest has whatever values its inputs are given. Inputs with a default
   * are checked with that default.
   *
   * @return in the order of the text; empty when the manifest can become a pod
   */
  public static List<Problem> problems(
      Node document, ManifestInputs inputs, ManifestContext context) {
    List<Problem> undeclared = inputs.undeclared(document);
    if (!undeclared.isEmpty()) {
      return undeclared;
    }
    Placeholders placeholders = inputs.placeholders(document);
    Findings findings = new Findings(placeholders.unknown());
    check(placeholders.document(), context, findings);
    return findings.errors();
  }

  private static Optional<ObjectNode> check(
      Node document, ManifestContext context, Findings findings) {
    Optional<Cursor> pod = new Envelope(findings).open(document);
    Optional<ObjectNode> checked =
        pod.map(cursor -> new StructureCheck(findings).object(cursor, Pod.class));
    pod.ifPresent(cursor -> new PodCheck(context, findings).check(cursor));
    return checked;
  }

  private static String digest(ObjectNode pod) {
    try {
      byte[] canonical = CanonicalJson.write(pod).getBytes(UTF_8);
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(canonical));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java runtime has SHA-256", e);
    }
  }

  /** The normalised v1 Pod. */
  public Pod pod() {
    return pod;
  }

  /** What is accepted but probably not what was meant, in the order of the text. */
  public List<Problem> warnings() {
    return warnings;
  }

  /** The images of init containers and containers, each once, in order. */
  public List<String> images() {
    return Stream.concat(
            pod.getSpec().getInitContainers().stream(), pod.getSpec().getContainers().stream())
        .map(Container::getImage)
        .distinct()
        .toList();
  }

  /** The names of the containers, without init containers, in order. */
  public List<String> containers() {
    return pod.getSpec().getContainers().stream().map(Container::getName).toList();
  }

  /** SHA-256 of the canonical JSON of the normalised pod, in lower-case hexadecimal. */
  public String digest() {
    return digest;
  }
}
