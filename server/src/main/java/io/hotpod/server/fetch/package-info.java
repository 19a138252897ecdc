/**
 * Reading templates and files from elsewhere: only what the operator allows, and nothing inside.
 */
@org.jspecify.annotations.NullMarked
package io.hotpod.server.fetch;
