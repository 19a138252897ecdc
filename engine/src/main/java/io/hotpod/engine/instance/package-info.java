/** Instances: who they are, the pods that they should have, and the pods that they have. */
@org.jspecify.annotations.NullMarked
package io.hotpod.engine.instance;
