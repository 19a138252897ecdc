/**
 * A pod manifest read from YAML or JSON: every accepted form made into one normalised v1 Pod, or
 * every problem of it named with its place. Pure: no input or output.
 */
@org.jspecify.annotations.NullMarked
package io.hotpod.pod.manifest;
