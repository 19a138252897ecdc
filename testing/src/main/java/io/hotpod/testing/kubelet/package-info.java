/**
 * A kubelet to play against: a server and a watcher of a manifest directory that do what a real
 * kubelet, release 1.31 without an API server, was measured to do, its delays included. Nothing is
 * run.
 */
@org.jspecify.annotations.NullMarked
package io.hotpod.testing.kubelet;
