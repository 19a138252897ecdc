/** Who may do what: roles, and the one table of routes and what each needs. Knows no HTTP. */
@org.jspecify.annotations.NullMarked
package io.hotpod.server.access;
