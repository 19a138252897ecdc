/** TLS of the listener: certificate and key from files, read again when they change. */
@org.jspecify.annotations.NullMarked
package io.hotpod.server.tls;
