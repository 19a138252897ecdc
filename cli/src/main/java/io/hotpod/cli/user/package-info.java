/** Commands that write the file of users of a server. */
@org.jspecify.annotations.NullMarked
package io.hotpod.cli.user;
