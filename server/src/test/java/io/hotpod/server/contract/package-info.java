/**
 * The contract of the API as tables: one row a request and what it has to be answered with. The
 * tables are YAML files beside this package's resources.
 */
@org.jspecify.annotations.NullMarked
package io.hotpod.server.contract;
