/** How the servers on one database ask each other over HTTP, and prove that it is they. */
@org.jspecify.annotations.NullMarked
package io.hotpod.server.peer;
