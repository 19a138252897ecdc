/** SQL, and nothing else does SQL: what is stored, how it is written in groups, migrations. */
@org.jspecify.annotations.NullMarked
package io.hotpod.engine.store;
