/** Contract tests of the server over real HTTP, in front of a fake engine. */
@org.jspecify.annotations.NullMarked
package io.hotpod.server;
