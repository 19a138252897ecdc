/** What goes to and fro between a person and a command that runs in a container. */
@org.jspecify.annotations.NullMarked
package io.hotpod.pod.exec;
