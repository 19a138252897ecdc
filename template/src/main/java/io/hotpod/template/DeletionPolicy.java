package io.hotpod.template;

/** What becomes of the real thing when its resource leaves the stack. */
public enum DeletionPolicy {
  /** It is deleted. */
  DELETE("Delete"),
  /** It is left alone. */
  RETAIN("Retain"),
  /** Its content is saved, then it is deleted; only some types can do that. */
  SNAPSHOT("Snapshot");

  private final String keyword;

  DeletionPolicy(String keyword) {
    this.keyword = keyword;
  }

  /** As templates of every version write it: {@code Delete}, {@code Retain}, {@code Snapshot}. */
  public String keyword() {
    return keyword;
  }
}
