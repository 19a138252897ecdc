package io.hotpod.agent.runtime;

import io.hotpod.pod.ModificationToken;

/** What an agent writes on a pod, as labels or annotations, to know it for its own again. */
public final class Marks {
  /** The instance whose agent made it. */
  public static final String INSTANCE = "hotpod.io/instance";

  /** Id of the desired pod. */
  public static final String POD = "hotpod.io/pod";

  /** The modification token of the content that it was made from. */
  public static final String TOKEN = ModificationToken.ANNOTATION;

  private Marks() {}
}
