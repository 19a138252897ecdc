/** Resource types of Heat that need nothing outside. */
@org.jspecify.annotations.NullMarked
package io.hotpod.engine.resource.heat;
