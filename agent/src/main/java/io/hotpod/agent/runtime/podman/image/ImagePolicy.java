package io.hotpod.agent.runtime.podman.image;

import java.time.Duration;

/**
 * When images that nobody needs any more are removed; numbers and names as in the kubelet's
 * configuration (KubeletConfiguration v1beta1, imageGC…).
 *
 * @param highThreshold used part of the disk from which on room is made
 * @param lowThreshold used part of the disk at which enough room is made
 * @param minimumAge for how long an image has to be without use before it may go
 * @param maximumAge after so long without use it goes also where there is room
 * @param every how often it is looked
 */
public record ImagePolicy(
    double highThreshold,
    double lowThreshold,
    Duration minimumAge,
    Duration maximumAge,
    Duration every) {
  public static final ImagePolicy USUAL =
      new ImagePolicy(
          0.85, 0.80, Duration.ofMinutes(2), Duration.ofDays(14), Duration.ofMinutes(5));
}
