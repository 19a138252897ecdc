/** The contract of a resource type, and what is known of one resource. */
@org.jspecify.annotations.NullMarked
package io.hotpod.engine.resource;
