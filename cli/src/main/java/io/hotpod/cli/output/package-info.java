/** Text for people: tables, times, problems with their place. Pure. */
@org.jspecify.annotations.NullMarked
package io.hotpod.cli.output;
