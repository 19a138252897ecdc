/** HTTP clients as small as an agent needs them. */
@org.jspecify.annotations.NullMarked
package io.hotpod.agent.http;
