/** Signals to resources: what was said, who may say it, and under which URLs. */
@org.jspecify.annotations.NullMarked
package io.hotpod.engine.signal;
