package io.hotpod.engine.instance;

/** Makes a pod anew that is not what its stack wants. */
public interface DriftRepair {
  /**
   * Begins it.
   *
   * @param stackId of the stack that the deployment is in
   * @param rootId of the outermost stack around it, or the same
   * @param words what is wrong
   * @throws io.hotpod.engine.EngineException when the stack does not take it now
   */
  void begin(String project, String stackId, String rootId, String resource, String words);
}
