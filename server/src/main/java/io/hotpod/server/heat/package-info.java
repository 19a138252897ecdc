/** Version 1 of the Heat API: one handler a resource of the API, one renderer a shape. */
@org.jspecify.annotations.NullMarked
package io.hotpod.server.heat;
