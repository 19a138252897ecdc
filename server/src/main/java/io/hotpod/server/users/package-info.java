/** The file of users: passwords and tokens as hashes, projects and roles. Knows no HTTP. */
@org.jspecify.annotations.NullMarked
package io.hotpod.server.users;
