/** What every command has at hand: where to write, what people set for all commands, the client. */
@org.jspecify.annotations.NullMarked
package io.hotpod.cli.session;
