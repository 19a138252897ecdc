package io.hotpod.template;

import tools.jackson.databind.JsonNode;

/**
 * The parts of a parent's resource that the template which stands for it may read with {@code
 * resource_facade}.
 *
 * @param metadata resolved; an empty map for none
 * @param updatePolicy resolved; an empty map for none
 */
public record ResourceFacade(
    JsonNode metadata, DeletionPolicy deletionPolicy, JsonNode updatePolicy) {
  /** What {@code resource_facade} can be asked for. */
  public enum Part {
    METADATA("metadata", "Metadata"),
    DELETION_POLICY("deletion_policy", "DeletionPolicy"),
    UPDATE_POLICY("update_policy", "UpdatePolicy");

    private final String keyword;
    private final String olderKeyword;

    Part(String keyword, String olderKeyword) {
      this.keyword = keyword;
      this.olderKeyword = olderKeyword;
    }

    /** As {@code resource_facade} takes it, or as {@code Fn::ResourceFacade} does. */
    String keyword(boolean older) {
      return older ? olderKeyword : keyword;
    }
  }

  /** Leaves out the values, which may be secret. */
  @Override
  public String toString() {
    return "ResourceFacade[" + deletionPolicy + "]";
  }
}
