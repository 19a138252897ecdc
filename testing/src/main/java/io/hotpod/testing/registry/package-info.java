/** A registry of images to pull from. */
@org.jspecify.annotations.NullMarked
package io.hotpod.testing.registry;
