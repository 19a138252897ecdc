package io.hotpod.engine;

/**
 * How much of everything there may be. The defaults are Heat's, or more where a server of ours
 * bears more.
 *
 * @param resourcesPerTree in the templates of a stack and of all stacks inside it, together
 * @param nestedDepth of stacks inside of stacks
 * @param stacksPerProject that are nobody's inside
 * @param templateCharacters of one template
 * @param snapshotsPerStack kept at once
 * @param configsPerProject software configs, derived ones included
 * @param deploymentsPerProject software deployments
 */
public record EngineLimits(
    int resourcesPerTree,
    int nestedDepth,
    int stacksPerProject,
    int templateCharacters,
    int snapshotsPerStack,
    int configsPerProject,
    int deploymentsPerProject) {
  /** What holds when nobody says otherwise. */
  public static final EngineLimits DEFAULT =
      new EngineLimits(20_000, 5, 10_000, 2 * 1024 * 1024, 32, 4096, 4096);

  /**
   * @throws IllegalArgumentException for what would allow nothing
   */
  public EngineLimits {
    requirePositive("resourcesPerTree", resourcesPerTree);
    requirePositive("nestedDepth", nestedDepth);
    requirePositive("stacksPerProject", stacksPerProject);
    requirePositive("templateCharacters", templateCharacters);
    requirePositive("snapshotsPerStack", snapshotsPerStack);
    requirePositive("configsPerProject", configsPerProject);
    requirePositive("deploymentsPerProject", deploymentsPerProject);
  }

  private static void requirePositive(String name, int value) {
    if (value < 1) {
      throw new IllegalArgumentException(name + " must be at least 1, and is " + value);
    }
  }
}
