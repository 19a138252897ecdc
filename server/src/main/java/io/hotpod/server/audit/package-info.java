/** Who changed what, from where, and what became of it: one JSON line each. */
@org.jspecify.annotations.NullMarked
package io.hotpod.server.audit;
