/** Asks an OpenStack Keystone whose tokens are shown. */
@org.jspecify.annotations.NullMarked
package io.hotpod.server.keystone;
