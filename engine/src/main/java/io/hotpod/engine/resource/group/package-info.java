/** Resources that are stacks of members: how groups are made, changed in batches, and asked. */
@org.jspecify.annotations.NullMarked
package io.hotpod.engine.resource.group;
