/** Templates as resource types: resources that are stacks of their own. */
@org.jspecify.annotations.NullMarked
package io.hotpod.engine.resource.nested;
