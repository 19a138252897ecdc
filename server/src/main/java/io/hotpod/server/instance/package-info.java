/** Instances and pods for people: what Heat's API has no words for. */
@org.jspecify.annotations.NullMarked
package io.hotpod.server.instance;
