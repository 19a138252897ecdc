/** Pod configurations as stored objects: immutable, found by id. */
@org.jspecify.annotations.NullMarked
package io.hotpod.engine.config;
